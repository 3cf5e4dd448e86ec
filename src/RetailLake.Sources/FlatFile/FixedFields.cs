using RetailLake.Core.Contracts;
using RetailLake.Sources.Drops;

namespace RetailLake.Sources.FlatFile;

/// <summary>
/// Fields of fixed records stand at places, and a record ends with the last of them. It may be shorter only within a last field of text that is
/// trimmed: editors and mainframes cut blanks at the end of a line, and they are no part of that value.
/// </summary>
internal sealed class FixedFields(FixedLayout layout, DropFaults faults, FixedScanner scanner) : FlatLayout(faults, layout.SkipLines)
{
    public override string Unit => layout.Unit == FixedUnit.Bytes ? "bytes" : "characters";

    public override RecordScanner Scanner => scanner;

    public override int SlotOf(int position, int length) => length > 0
        ? scanner.Place(position, length)
        : throw Faults.Contract($"Found a field at {position} without a length");

    public override RecordShape ShapeOf(IEnumerable<(FieldSource From, ContractColumn? Column)> fields)
    {
        if (layout.RecordLength > 0)
        {
            return new(layout.RecordLength, layout.RecordLength, Unit);
        }

        var last = fields.MaxBy(field => field.From.Position + field.From.Length);
        var end = last.From is null ? 0 : last.From.Position + last.From.Length - 1;
        var mayBeCut = last.Column is { Type.Kind: ColumnKind.Text, Format: { } format } && (format.Trim || format.Pad is not null);
        return new(mayBeCut ? last.From!.Position - 1 : end, end, Unit);
    }
}
