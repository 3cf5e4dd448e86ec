namespace RetailLake.Local.Demo.Pos;

/// <summary>How far the warehouse is with what the tills sent, as it last answered. One thread asks; any may look.</summary>
public sealed class TillProgress(Tills tills)
{
    private readonly long[] next = new long[Tills.Partitions];

    public bool IsAllLoaded => Enumerable.Range(0, Tills.Partitions).All(partition => Interlocked.Read(ref next[partition]) == tills.EndOf(partition));

    /// <returns>When each record that is new since the last answer was sent, milliseconds since 1970.</returns>
    public IReadOnlyList<long> Advance(int partition, long end)
    {
        var first = next[partition];
        var sent = new long[Math.Max(0, end - first)];
        for (var index = 0; index < sent.Length; index++)
        {
            sent[index] = tills.SentAt(partition, first + index);
        }

        Interlocked.Exchange(ref next[partition], first + sent.Length);
        return sent;
    }
}
