using System.Globalization;
using RetailLake.Core.Errors;

namespace RetailLake.Core.Streams;

/// <summary>
/// An offset that landed before came again with another record: the topic was deleted and made anew, or its offsets began again. Which of the two is
/// the truth nobody can tell here, so nothing is overwritten and nothing skipped.
/// </summary>
public sealed class StreamConflictException(string found, string became, string remedy) : LakeException(found, became, remedy)
{
    private const string NewName = "Give the new topic another name and name it in the contract; the old one's segments stay as they are. See docs/runbook/StreamConflictException.md.";

    internal static StreamConflictException InOneDelivery(TopicPartition of, long offset) => new(
        string.Create(CultureInfo.InvariantCulture, $"Found two different records of offset {offset} of '{of}' in one delivery; a partition has one record of an offset."),
        "Nothing of this partition was landed from this delivery.",
        NewName);

    internal static StreamConflictException WithLanded(TopicPartition of, long offset, string landed, string landedSha256, string deliveredSha256) => new(
        string.Create(CultureInfo.InvariantCulture, $"Found a record of offset {offset} of '{of}' (SHA-256 {deliveredSha256}) that is not the one in '{landed}' (SHA-256 {landedSha256}); a landed offset never changes."),
        "The landed segment is as it was; nothing of this partition was landed from this delivery, and the broker still has it.",
        NewName);
}
