namespace RetailLake.Local.Demo.Files;

/// <summary>The tables of a POSLog and what was planted in them.</summary>
internal sealed class PosLogTables
{
    private readonly Dictionary<string, long> skipped = new(StringComparer.Ordinal);

    public PlantedTable Transactions { get; } = new("pos_transaction", ("grand_amount", 2), ("tax_amount", 2));

    public PlantedTable Lines { get; } = new("pos_line", ("quantity", 3), ("extended_amount", 2));

    public PlantedTable Tenders { get; } = new("pos_tender", ("amount", 2));

    public PlantedTable Taxes { get; } = new("pos_tax", ("taxable_amount", 2), ("amount", 2));

    public PlantedTable Discounts { get; } = new("pos_discount", ("amount", 2));

    public void Skip(string element) => skipped[element] = skipped.GetValueOrDefault(element) + 1;

    public FileContent ToContent() => FileContent.Of(Transactions, Lines, Tenders, Taxes, Discounts) with { Skipped = skipped };
}
