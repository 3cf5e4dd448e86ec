using RetailLake.Core.Contracts;
using RetailLake.Sources.Drops;

namespace RetailLake.Sources.FlatFile;

/// <summary>
/// Fields of fixed records stand at places, and a record ends with the last of them. It may be shorter only within a last field of text that is
/// trimmed: editors and mainframes cut blanks at the end of a line, and they are no part of that value. All other fields, also those that overlap it, are there whole.
/// </summary>
internal sealed class FixedFields(FixedLayout layout, DropFaults faults, FixedScanner scanner) : FlatLayout(faults, layout.SkipLines)
{
    public override string Unit => layout.Unit == FixedUnit.Bytes ? "bytes" : "characters";

    public override RecordScanner Scanner => scanner;

    public override int SlotOf(int position, int length) => length > 0
        ? scanner.Place(position, length)
        : throw Faults.Contract($"Found a field at {position} without a length");

    public override RecordShape ShapeOf(IReadOnlyCollection<(FieldSource From, ContractColumn? Column)> fields)
    {
        if (layout.RecordLength > 0)
        {
            return new(layout.RecordLength, layout.RecordLength, Unit);
        }

        var last = fields.Select(field => field.From).DefaultIfEmpty(new(FieldScope.Record)).MaxBy(End)!;
        var least = fields.Select(field => IsAt(field.From, last) && MayBeCut(field.Column) ? field.From.Position - 1 : End(field.From)).DefaultIfEmpty().Max();
        return new(least, End(last), Unit);
    }

    private static int End(FieldSource place) => Math.Max(0, place.Position + place.Length - 1);

    private static bool IsAt(FieldSource place, FieldSource last) => (place.Position, place.Length) == (last.Position, last.Length);

    private static bool MayBeCut(ContractColumn? column) => column is { Type.Kind: ColumnKind.Text, Format: { } format } && (format.Trim || format.Pad is not null);
}
