using System.Globalization;
using RetailLake.Core.Errors;

namespace RetailLake.Core.Streams;

/// <summary>What is loaded of a topic and what lies in landing do not meet: going on would leave records out, and nobody would be told.</summary>
public sealed class StreamPositionLostException(string found, string became, string remedy) : LakeException(found, became, remedy)
{
    private const string NothingDone = "Nothing was planned or loaded.";

    /// <summary>Landing never had what the ledger says was loaded.</summary>
    internal static StreamPositionLostException BeyondLanding(TopicPartition of, long position, long landed) => new(
        string.Create(CultureInfo.InvariantCulture, $"Found that '{of}' is loaded up to offset {position - 1} and landing ends at {landed}: this warehouse was loaded from another lake, or the topic's offsets began again."),
        NothingDone,
        "Connect lake and warehouse that belong together, or give the new topic another name. See docs/runbook/StreamPositionLostException.md.");

    /// <summary>The segments behind the position are gone, and so is the one that ended at it.</summary>
    internal static StreamPositionLostException BehindLanding(TopicPartition of, long position, long first) => new(
        string.Create(CultureInfo.InvariantCulture, $"Found that '{of}' is loaded up to offset {position - 1} and landing begins at {first}: what landed between was removed before it was loaded."),
        NothingDone,
        "Bring the missing segments back, or land the offsets again from the broker. See docs/runbook/StreamPositionLostException.md.");
}
