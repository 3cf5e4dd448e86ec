using System.Globalization;
using RetailLake.Core.Streams;
using RetailLake.Local.Home;

namespace RetailLake.Bench;

/// <summary>How far the bills' partitions have landed, by the newest segment of their folders; looked at five times a second at most.</summary>
internal sealed class LandedEnds(LakeHome home)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Dictionary<TopicPartition, (long End, long At)> seen = [];

    public long EndOf(TopicPartition of)
    {
        lock (seen)
        {
            if (!seen.TryGetValue(of, out var last) || TimeProvider.System.GetElapsedTime(last.At) > Interval)
            {
                seen[of] = last = (Look(of), TimeProvider.System.GetTimestamp());
            }

            return last.End;
        }
    }

    private long Look(TopicPartition of)
    {
        var folder = Path.Join(home.Lake, SegmentKey.Folder("pos", "bill", of));
        return Directory.Exists(folder) && Directory.EnumerateFiles(folder, "*.segment").Select(Path.GetFileName).Max(StringComparer.Ordinal) is { } newest
            ? long.Parse(newest[..19], CultureInfo.InvariantCulture) : -1;
    }
}
