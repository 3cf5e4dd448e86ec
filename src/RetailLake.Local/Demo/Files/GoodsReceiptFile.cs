using System.Globalization;

namespace RetailLake.Local.Demo.Files;

/// <summary>GP: receipts and returns to vendors in pipe-delimited records with header and trailer, iso-8859-1, Indian amounts with DR and CR.</summary>
internal sealed class GoodsReceiptFile(FileWorld world) : FileFeed(world)
{
    private readonly GoodsReceipt receipt = new(world);

    public override string Contract => "gp.grn";

    protected override DemoTable Table => DemoTable.GoodsReceipt;

    public override string NameOf(FilePart part, bool isCopy) =>
        string.Create(CultureInfo.InvariantCulture, $"GRN_{part.Store.Id:D4}_{part.Day:yyyyMMdd}{(isCopy ? "_COPY" : "")}.txt");

    public override FileContent Write(Stream output, FilePart part)
    {
        var heads = new PlantedTable("grn", ("taxable_amount", 2), ("tax_amount", 2), ("net_amount", 2));
        var lines = new PlantedTable("grn_line", ("product_id", 0), ("received_qty", 3), ("taxable_amount", 2), ("tax_amount", 2));
        var (headCount, lineCount, notes, net, quantity, products) = (0L, 0L, 0L, 0L, 0L, 0L);
        using var to = new FileWriter(output);
        to.Raw("H|GP|"u8).Digits(part.Store.Id, 4).Raw("|"u8).Slashed(part.Day).Raw("|"u8).Slashed(part.Day.ToDateTime(new TimeOnly(22, 30))).Raw("|2.1\n"u8);
        for (var index = 0L; index < part.Rows; index++)
        {
            if (!part.Has(index))
            {
                continue;
            }

            receipt.Make(part, index);
            receipt.Write(to, part, heads, lines);
            notes += receipt.HasNote ? 1 : 0;
            (headCount, lineCount, net) = (headCount + 1, lineCount + receipt.LineCount, net + receipt.Taxable + receipt.Tax);
            (quantity, products) = (quantity + receipt.Quantity, products + receipt.Products);
        }

        to.Raw("T|"u8).Number(headCount).Raw("|"u8).Number(lineCount + part.TrailerError).Raw("|"u8).Number(headCount + lineCount + notes + part.TrailerError);
        to.Raw("|"u8).WithSide(net).Raw("|"u8).Scaled(quantity, 3).Raw("|"u8).Number(products).Raw("\n"u8);
        return FileContent.Of(heads, lines) with { Skipped = new Dictionary<string, long>(StringComparer.Ordinal) { ["C"] = notes } };
    }
}
