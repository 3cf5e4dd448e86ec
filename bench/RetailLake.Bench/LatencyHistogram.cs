namespace RetailLake.Bench;

/// <summary>Milliseconds counted by buckets of 10 ms up to ten minutes: of the same size after an hour as after a minute. Written and read by one thread.</summary>
internal sealed class LatencyHistogram
{
    private const int Width = 10;

    private readonly long[] counts = new long[60_001];

    public long Count { get; private set; }

    public long Longest { get; private set; }

    public void Add(long milliseconds)
    {
        counts[Math.Clamp(milliseconds / Width, 0, counts.Length - 1)]++;
        Count++;
        Longest = Math.Max(Longest, milliseconds);
    }

    public void Add(LatencyHistogram other)
    {
        for (var bucket = 0; bucket < counts.Length; bucket++)
        {
            counts[bucket] += other.counts[bucket];
        }

        Count += other.Count;
        Longest = Math.Max(Longest, other.Longest);
    }

    /// <summary>Seconds that so many of the measured stay under; the upper end of their bucket.</summary>
    public double Seconds(double share)
    {
        var (wanted, seen) = ((long)Math.Ceiling(share * Count), 0L);
        for (var bucket = 0; bucket < counts.Length; bucket++)
        {
            if ((seen += counts[bucket]) >= wanted)
            {
                return (bucket + 1) * Width / 1000.0;
            }
        }

        return Longest / 1000.0;
    }

    public void Clear()
    {
        Array.Clear(counts);
        (Count, Longest) = (0, 0);
    }
}
