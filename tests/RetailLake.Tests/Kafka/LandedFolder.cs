using RetailLake.Core.Streams;
using RetailLake.Local.Home;

namespace RetailLake.Tests.Kafka;

/// <summary>How far partitions have landed, seen from outside of the process that lands them.</summary>
internal sealed class LandedFolder(LakeHome home)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Dictionary<TopicPartition, (long End, long At)> seen = [];

    public long EndOf(TopicPartition of)
    {
        lock (seen)
        {
            if (!seen.TryGetValue(of, out var last) || TimeProvider.System.GetElapsedTime(last.At) > Interval)
            {
                last = (Look(of), TimeProvider.System.GetTimestamp());
                seen[of] = last;
            }

            return last.End;
        }
    }

    private long Look(TopicPartition of)
    {
        var folder = Path.Combine(home.Lake, SegmentKey.Folder("pos", "bill", of));
        return Directory.Exists(folder) && Directory.EnumerateFiles(folder, "*.segment").Select(Path.GetFileName).Max(StringComparer.Ordinal) is { } last
            ? long.Parse(last[..19], System.Globalization.CultureInfo.InvariantCulture) : -1;
    }
}
