using RetailLake.Core.Contracts;
using RetailLake.Sources.Drops;

namespace RetailLake.Sources.FlatFile;

/// <summary>
/// Fields of delimited records stand at a position. Without a header row a record has as many fields as the highest position that the contract
/// names for its table: were more allowed, a delimiter within a value would move all values behind it.
/// </summary>
internal sealed class DelimitedFields(DelimitedLayout layout, DropFaults faults, DelimitedScanner scanner) : FlatLayout(faults, layout.SkipLines)
{
    public override RecordScanner Scanner => scanner;

    public override string Unit => "fields";

    public override bool HasHeaderRow => layout.Header;

    public override int SlotOf(int position, int length) => position - 1;

    public override RecordShape ShapeOf(IReadOnlyCollection<(FieldSource From, ContractColumn? Column)> fields)
    {
        var width = fields.Select(field => field.From.Position).DefaultIfEmpty().Max();
        return new(width, width, Unit);
    }
}
