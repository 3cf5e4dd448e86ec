using System.Globalization;
using System.IO.Compression;

namespace RetailLake.Local.Demo.Files;

/// <summary>The label utility: semicolons, quotes, UTF-8 with a mark, European numbers, CRLF, gzip, and an empty marker behind it.</summary>
internal sealed class PriceTagFile(FileWorld world) : FileFeed(world)
{
    public const int DirtKinds = 7;
    private const int WrongEan = 0;
    private const int AboveMrp = 1;
    private const int LocalTime = 2;
    private const int NoCopies = 3;
    private const int LooseDelimiter = 4;
    private const int LooseQuote = 5;
    private const int NoUnit = 6;

    private static readonly string[] Codes = ["ean13", "at_most", "format", "range", "columns", "quote", "required"];
    private static readonly byte[][] Templates = ["A6"u8.ToArray(), "A7"u8.ToArray(), "RAIL"u8.ToArray(), "FRESH"u8.ToArray()];

    public override string Contract => "util.price_tag";

    protected override DemoTable Table => DemoTable.PriceTag;

    public override string NameOf(FilePart part, bool isCopy) =>
        string.Create(CultureInfo.InvariantCulture, $"PRICETAG_{part.Store.Id:D4}_{part.Day:yyyyMMdd}{(isCopy ? "_AGAIN" : "")}.csv.gz");

    public override ProofText ProofOf(string name, WrittenFile file) => new(name + ".done", "");

    public override FileContent Write(Stream output, FilePart part)
    {
        using var compressed = new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true);
        return WriteText(compressed, part);
    }

    /// <summary>What stands in the archive.</summary>
    public FileContent WriteText(Stream output, FilePart part)
    {
        var table = new PlantedTable("price_tag", ("selling_price", 2), ("copies", 0));
        using var to = new FileWriter(output);
        to.Raw("\uFEFF"u8).Raw("TagNo;StoreCode;ArticleNo;EAN;\"Label Text\";\"Label Text (local)\";MRP;Selling Price;Price Change;UOM;Promo;Copies;Shelf;Printed By;Printed At;Template\r\n"u8);
        for (var index = 0L; index < part.Rows; index++)
        {
            if (part.Has(index))
            {
                Row(to, part, index, table);
            }
        }

        return FileContent.Of(table);
    }

    private void Row(FileWriter to, FilePart part, long index, PlantedTable table)
    {
        var (draw, dirt) = (part.Draw(index), part.Dirt(index, DirtKinds));
        var article = draw.Of(World.Articles);
        var isPromotion = draw.Percent(18);
        var price = dirt == AboveMrp ? article.Product.Mrp + 1_00 : isPromotion ? article.Product.Price * draw.Between(75, 95) / 100 : article.Product.Price;
        var copies = dirt == NoCopies ? 0 : draw.Between(1, 4);
        to.Number(index + 1).Raw(";"u8).Digits(part.Store.Id, 4).Raw(";"u8).Number(article.Product.Id).Raw(";"u8).Raw(article.Ean.AsSpan(0, 12));
        to.Digits(dirt == WrongEan ? article.Ean[12] - '0' + 1 : article.Ean[12] - '0', 1).Raw(";\""u8).Raw(article.Name.Quoted);
        to.Raw(draw.Below(30) switch { 0 => "; \"\"new\"\" pack\";\""u8, 1 => "\r\nsave more\";\""u8, _ => "\";\""u8 }).Raw(draw.Percent(8) ? [] : article.NativeName.Quoted).Raw("\";"u8);
        to.European(article.Product.Mrp).Raw(";"u8).European(price).Raw(";"u8);
        if (isPromotion)
        {
            to.European(price - article.Product.Price);
        }

        to.Raw(";"u8).Raw(dirt == NoUnit ? [] : article.Uom).Raw(isPromotion ? ";Yes;"u8 : ";No;"u8).Number(copies).Raw(dirt == LooseQuote ? ";bay 5\" "u8 : dirt == LooseDelimiter ? ";left;"u8 : ";"u8);
        to.Take(1)[0] = (byte)('A' + draw.Below(26));
        to.Raw("-"u8).Digits(draw.Below(100), 2).Raw(";\""u8).Raw(FilePeople.Any(ref draw).Quoted).Raw("\";"u8);
        var printed = part.Day.ToDateTime(new TimeOnly(6, 0)).AddSeconds(draw.Below(55_000));
        if (dirt == LocalTime)
        {
            to.Slashed(printed);
        }
        else
        {
            to.Iso(printed).Raw("+05:30"u8);
        }

        to.Raw(";"u8).Raw(draw.Of(Templates)).Raw("\r\n"u8);

        // Of a record that cannot be told apart into fields no value is known.
        var isWhole = dirt is not (LooseDelimiter or LooseQuote);
        table.Add(dirt < 0 ? null : Codes[dirt], isWhole ? price : 0, isWhole ? copies : 0);
    }
}
