using System.Text;

namespace RetailLake.Local.Demo.Files;

/// <summary>One receipt, or return to a vendor, with its lines; made anew for each. Paise, thousandths, and for rates hundredths of a paisa.</summary>
internal sealed class GoodsReceipt(FileWorld world)
{
    public const int DirtKinds = 8;
    private const int WrongGstin = 0;
    private const int WrongEan = 1;
    private const int SpreadsheetEan = 2;
    private const int HsnWithoutZero = 3;
    private const int OverReceipt = 4;
    private const int ImpossibleExpiry = 5;
    private const int MrpWithCurrency = 6;
    private const int OldRate = 7;
    private const int MostLines = 12;

    private static readonly string[] Codes = ["gstin", "ean13", "ean13", "hsn", "at_most", "format", "format", "values"];
    private static readonly byte[][] EachUnit = ["EA"u8.ToArray(), "NOS"u8.ToArray(), "PCS"u8.ToArray()];

    private readonly ReceiptLine[] lines = new ReceiptLine[MostLines];
    private readonly Vendor[] vendors = Vendor.All(world.Seed, 120);
    private long index;
    private int dirt;
    private bool isReturn;
    private Draw rest;

    public int LineCount { get; private set; }

    public bool HasNote { get; private set; }

    public long Taxable { get; private set; }

    public long Tax { get; private set; }

    public long Quantity { get; private set; }

    public long Products { get; private set; }

    public void Make(FilePart part, long number)
    {
        var draw = part.Draw(number);
        (index, dirt) = (number, part.Dirt(number, DirtKinds));
        isReturn = draw.Percent(12);
        LineCount = draw.Between(1, MostLines);
        HasNote = draw.Percent(7);
        (Taxable, Tax, Quantity, Products) = (0, 0, 0, 0);
        for (var line = 0; line < LineCount; line++)
        {
            lines[line].Make(draw.Of(world.Articles), isReturn, line == 0 && dirt == OverReceipt, ref draw);
            Taxable += lines[line].Taxable;
            Tax += lines[line].Tax;
            Quantity += lines[line].Received;
            Products += lines[line].Article.Product.Id;
        }

        rest = draw;
    }

    public void Write(FileWriter to, FilePart part, PlantedTable heads, PlantedTable rows)
    {
        WriteHead(to, part);
        heads.Add(dirt < 0 ? null : dirt == WrongGstin ? Codes[dirt] : PlantedTable.UnitRejected, Taxable, Tax, Taxable + Tax);
        if (HasNote)
        {
            to.Raw("C|short supply; vendor informed\n"u8);
        }

        for (var line = 0; line < LineCount; line++)
        {
            ref readonly var row = ref lines[line];
            var own = line == 0 && dirt is not WrongGstin ? dirt : -1;
            WriteLine(to, part, line, row, own);
            rows.Add(dirt < 0 ? null : own >= 0 ? Codes[own] : PlantedTable.UnitRejected, row.Article.Product.Id, row.Received, row.Taxable, row.Tax);
        }
    }

    private void WriteHead(FileWriter to, FilePart part)
    {
        var vendor = rest.Of(vendors);
        to.Raw(isReturn ? "G|RTV/"u8 : "G|GRN/"u8).Digits(part.Store.Id, 4);
        var year = part.Day.Month >= 4 ? part.Day.Year : part.Day.Year - 1;
        to.Raw("/"u8).Digits(year, 2).Raw("-"u8).Digits(year + 1, 2).Raw("/"u8).Digits(part.Day.DayOfYear, 3).Digits(index + 1, Math.Max(5, Length(index + 1)));
        to.Raw(isReturn ? "|V|"u8 : "|R|"u8);
        if (isReturn || rest.Percent(10))
        {
            to.Raw(rest.Percent(50) ? "NA"u8 : " - "u8);
        }
        else
        {
            to.Raw("PO"u8).Digits(part.Store.Id, 4).Raw("/"u8).Number(rest.Between(100_000, 999_999));
        }

        to.Raw("|V"u8).Digits(vendor.Number, 5).Raw("|"u8).Raw(vendor.Name.Latin1).Raw(rest.Percent(10) ? "  |"u8 : "|"u8);
        to.Raw(dirt == WrongGstin ? vendor.WrongGstin : vendor.Gstin).Raw("|INV/"u8).Number(rest.Between(1_000, 9_999_999)).Raw("|"u8);
        if (rest.Percent(5))
        {
            to.Raw("01/01/1900"u8);
        }
        else
        {
            to.Slashed(part.Day.AddDays(-rest.Below(5)));
        }

        to.Raw("|"u8).Slashed(part.Day.ToDateTime(new TimeOnly(rest.Between(7, 21), rest.Below(60)))).Raw("|GP"u8).Digits(index + 1, 6).Raw("|MH"u8);
        to.Digits(rest.Below(50), 2).Raw("AB"u8).Digits(rest.Below(10_000), 4).Raw("|"u8).Raw(rest.Of(FilePeople.Latin).Latin1).Raw("|"u8).Mobile(ref rest);
        to.Raw("|"u8).Number(LineCount).Raw("|"u8).WithSide(Taxable).Raw("|"u8).WithSide(Tax).Raw("|"u8).WithSide(Taxable + Tax).Raw(rest.Percent(93) ? "|P\n"u8 : "|D\n"u8);
    }

    private void WriteLine(FileWriter to, FilePart part, int line, in ReceiptLine row, int own)
    {
        var article = row.Article;
        to.Raw("D|"u8).Number(line + 1).Raw("|"u8).Number(article.Product.Id).Raw("|"u8);
        WriteEan(to, article.Ean, own);
        to.Raw("|"u8).Raw(own == HsnWithoutZero ? article.Hsn.AsSpan(1) : article.Hsn).Raw("|"u8).Raw(article.Name.Latin1);
        to.Raw("|"u8).Quantity(row.Ordered).Raw("|"u8).Scaled(row.Received, 3).Raw("|"u8).Quantity(row.Rejected).Raw("|"u8);
        to.Raw(article.Product.Goods.Uom == "EA" ? rest.Of(EachUnit) : article.Uom).Raw(own == MrpWithCurrency ? "|Rs "u8 : "|"u8).Indian(article.Product.Mrp);
        to.Raw("|"u8).Scaled(row.Cost, 4).Raw("|"u8).Money(own == OldRate ? 12_00 : article.Product.Rate).Raw("|"u8).WithSide(row.Taxable).Raw("|"u8).WithSide(row.Tax);
        to.Raw("|B"u8).Digits(rest.Below(1_000_000), 6).Raw("|"u8);
        if (own == ImpossibleExpiry)
        {
            to.Raw("31-Feb-2027"u8);
        }
        else if (article.Product.Goods.DepartmentId <= 2)
        {
            to.Named(part.Day.AddDays(rest.Between(30, 700)));
        }

        to.Raw("\n"u8);
    }

    /// <summary>A spreadsheet shows 8901030012345 as 8.90103E+12, and keeps that when it saves.</summary>
    private static void WriteEan(FileWriter to, byte[] ean, int own)
    {
        if (own == SpreadsheetEan)
        {
            to.Raw(ean.AsSpan(0, 1)).Raw("."u8).Raw(ean.AsSpan(1, 5)).Raw("E+12"u8);
            return;
        }

        to.Raw(ean.AsSpan(0, 12)).Take(1)[0] = own == WrongEan ? (byte)('0' + (ean[12] - '0' + 1) % 10) : ean[12];
    }

    private static int Length(long number) => number < 100_000 ? 5 : (int)Math.Log10(number) + 1;

    private sealed record Vendor(int Number, FileText Name, byte[] Gstin, byte[] WrongGstin)
    {
        private static readonly string[] Kinds = ["Traders", "Agencies", "Distributors Pvt Ltd", "& Sons", "Foods LLP"];

        public static Vendor[] All(ulong seed, int count)
        {
            var all = new Vendor[count];
            for (var number = 0; number < count; number++)
            {
                var draw = new Draw(seed, DemoTable.GoodsReceipt, number);
                var gstin = Demo.Gstin.Of(draw.Of(Place.All).StateCode, Demo.Gstin.Pan(ref draw, draw.Percent(30) ? 'P' : 'C'));
                var wrong = gstin[..14] + (gstin[14] == 'A' ? 'B' : 'A');
                all[number] = new(number + 1, new FileText($"{draw.Of(People.Last)} {draw.Of(Kinds)}"), Encoding.ASCII.GetBytes(gstin), Encoding.ASCII.GetBytes(wrong));
            }

            return all;
        }
    }
}

internal struct ReceiptLine
{
    public Article Article;
    public long Ordered;
    public long Received;
    public long Rejected;
    public long Cost;
    public long Taxable;
    public long Tax;

    public void Make(Article article, bool isReturn, bool isOver, ref Draw draw)
    {
        Article = article;
        var quantity = article.IsWeighed ? draw.Between(4, 400) * 250L : draw.Between(1, 240) * 1_000L;
        (Ordered, Received) = isReturn ? (0, -quantity) : (quantity, draw.Percent(15) ? quantity - quantity / 4 : quantity);
        Received = isOver ? Ordered + 1_000 : Received;
        Rejected = !isReturn && draw.Percent(6) ? Math.Min(Received, 1_000) : 0;
        Cost = article.Product.Price * draw.Between(6_000, 8_500) / 100;
        Taxable = Rounded(Received * Cost, 100_000);
        Tax = Rounded(Taxable * article.Product.Rate, 10_000);
    }

    private static long Rounded(long value, long divisor) => (Math.Abs(value) + divisor / 2) / divisor * Math.Sign(value);
}
