using System.Globalization;
using System.Text.Json.Serialization;

namespace RetailLake.Core.Warehouse;

/// <summary>A unit of a feed of topics that waits, because some of its rows have not come. It holds no personal value.</summary>
/// <param name="Contract"><c>source.feed</c>.</param>
/// <param name="Key">The unit's key by column, as text; without the columns that are personal.</param>
/// <param name="Since">When its oldest held row was loaded, UTC.</param>
/// <param name="OverdueAt">When it has waited as long as the contract allows.</param>
/// <param name="Parts">One for each table of the contract, the header's first.</param>
public sealed record HeldUnit(
    string Contract, IReadOnlyDictionary<string, string?> Key, HeldHeader Header, DateTimeOffset Since, DateTimeOffset OverdueAt, bool IsOverdue, IReadOnlyList<HeldPart> Parts);

/// <summary>The row that says how many rows a unit has.</summary>
public enum HeldHeader
{
    /// <summary>It came and waits for the rest.</summary>
    Held = 0,

    /// <summary>It was deleted, and newer rows wait for another one.</summary>
    Deleted = 1,

    /// <summary>The last complete state's is published; rows came after it.</summary>
    Published = 2,

    Missing = 3,
}

/// <summary>A unit's rows of one table.</summary>
/// <param name="Expected">As the header says; null when there is none, or when it does not count this table.</param>
/// <param name="There">As a load counts them now: held ones, and published ones that no held row replaces or deletes.</param>
/// <param name="Held">Held rows, deletions among them.</param>
public sealed record HeldPart(string Table, long? Expected, long There, long Held, IReadOnlyList<HeldOrigin> Origins)
{
    /// <summary>Below zero: more are there than the header says, so a newer header has not come.</summary>
    public long? Missing => Expected - There;
}

/// <summary>Where held rows of one table and partition came from.</summary>
/// <param name="Topic">Null when the ledger no longer knows the partition.</param>
/// <param name="First">The lowest place of <paramref name="Rows"/> rows.</param>
public sealed record HeldOrigin(string? Topic, int? Partition, long Rows, HeldPlace First, HeldPlace Last);

/// <param name="Offset">Of the record; null for change events, whose rows keep their place in the source's log instead.</param>
/// <param name="LogFile">Number of MySQL's binary log file, and <paramref name="LogPosition"/> in it.</param>
public sealed record HeldPlace(long? Offset, long? LogFile, long? LogPosition)
{
    [JsonIgnore]
    public string Text => Offset is { } offset ? offset.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"log {LogFile}:{LogPosition}");
}
