using System.Globalization;
using RetailLake.Core.Streams;

namespace RetailLake.Local.Kafka;

/// <summary>
/// Where a partition is read from. Landing alone says what was read; the broker keeps no position of ours.
/// | landed up to | broker has           | then                                                            |
/// | nothing      | anything             | from its oldest record, or behind its last one (LATEST)          |
/// | L            | an end up to L       | lost: the topic was made anew, or the broker lost what landed     |
/// | L            | first one behind L+1 | lost: the broker deleted records before they landed               |
/// | L            | L                    | from L: it comes again and must be equal, or the topic is another |
/// | L            | L+1 as the first one | from there                                                       |
/// </summary>
internal sealed record PartitionStart(long Offset, string? Lost)
{
    /// <param name="landed">The last landed offset; −1: none.</param>
    public static PartitionStart Of(TopicPartition of, long landed, long low, long high, bool fromLatest)
    {
        ArgumentNullException.ThrowIfNull(of);
        return landed < 0 ? new(fromLatest ? high : low, null)
            : high <= landed ? new(-1, string.Create(CultureInfo.InvariantCulture, $"Found that '{of}' ends before offset {high}, expected more than {landed}, which landed: the topic was made anew, or the broker lost records. Nothing of it is read or skipped. Bring the broker's records back (a producer's own log), or name a new topic in the contract. See docs/runbook/StreamConflictException.md."))
            : low > landed + 1 ? new(-1, string.Create(CultureInfo.InvariantCulture, $"Found that '{of}' begins with offset {low}, expected {landed + 1}: {low - landed - 1} record(s) left the broker before they landed. Nothing of it is read or skipped. Have the producer send them to a new topic, and give the broker a longer retention."))
            : new(Math.Max(low, landed), null);
    }
}
