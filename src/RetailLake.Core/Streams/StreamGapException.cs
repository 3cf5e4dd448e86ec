using System.Globalization;
using RetailLake.Core.Errors;

namespace RetailLake.Core.Streams;

/// <summary>Offsets are missing in a topic whose contract says that none may be.</summary>
public sealed class StreamGapException(string found, string became, string remedy) : LakeException(found, became, remedy)
{
    internal static StreamGapException Of(string contract, IReadOnlyList<(TopicPartition Of, long Gaps, long First, long Last)> partitions, string execution) => new(
        string.Create(CultureInfo.InvariantCulture,
            $"Found {partitions.Sum(part => part.Gaps):N0} missing offset(s) in {string.Join(", ", partitions.Take(5).Select(part => $"'{part.Of}' ({part.Gaps.ToString("N0", CultureInfo.InvariantCulture)} within {part.First.ToString(CultureInfo.InvariantCulture)} to {part.Last.ToString(CultureInfo.InvariantCulture)})"))}; contract '{contract}' refuses gaps."),
        "Nothing of this execution was published; what landed is kept.",
        $"Land the missing offsets from the broker or the on-failure destination, then 'lake rerun {execution}'; or, when compaction or transactions explain them, take 'gaps: refuse' out of the contract.");
}
