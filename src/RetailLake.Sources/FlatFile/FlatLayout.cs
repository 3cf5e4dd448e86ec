using System.Globalization;
using RetailLake.Core.Contracts;
using RetailLake.Sources.Drops;

namespace RetailLake.Sources.FlatFile;

/// <summary>What differs between delimited and fixed records when a contract's fields are found in them.</summary>
internal abstract class FlatLayout(DropFaults faults, int skipLines)
{
    public int SkipLines => skipLines;

    public DropFaults Faults => faults;

    public abstract RecordScanner Scanner { get; }

    /// <summary>What the width of a record counts: <c>fields</c>, <c>characters</c>, <c>bytes</c>.</summary>
    public abstract string Unit { get; }

    /// <summary>The first record names the fields.</summary>
    public virtual bool HasHeaderRow => false;

    /// <returns>The slot of a field that stands at a place.</returns>
    public abstract int SlotOf(int position, int length);

    /// <summary>What the records of a table must be like, given the columns that stand in them.</summary>
    public abstract RecordShape ShapeOf(IReadOnlyCollection<(FieldSource From, ContractColumn? Column)> fields);

    /// <summary>A place as it is written in contracts, <c>1</c> or <c>11-20</c>.</summary>
    public int SlotOf(string place)
    {
        var parts = place.Split('-');
        return parts.Length <= 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first) && first > 0
            && int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var last) && last >= first
            ? SlotOf(first, last - first + 1)
            : throw faults.Contract($"Found '{place}' as the place of the record type; '1' or '11-20' is expected,");
    }
}

/// <summary>Widths that a record of a table may have, both inclusive.</summary>
internal readonly record struct RecordShape(int Least, int Most, string Unit)
{
    public string Expected => Least == Most ? $"{Most} {Unit}" : $"{Least} to {Most} {Unit}";
}
