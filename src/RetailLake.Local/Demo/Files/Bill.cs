namespace RetailLake.Local.Demo.Files;

internal enum BillKind
{
    Sale,
    Refund,
    Training,
    PostVoid,
    Suspended,
    SignOn,
    NoSale,
    TillPickup,
}

/// <summary>One transaction at a till; one object, made anew for each. Paise and thousandths.</summary>
internal sealed class Bill(FileWorld world)
{
    public const int DirtKinds = 3;
    public const int CommaInAmount = 0;
    public const int UnitInQuantity = 1;
    public const int CurrencyInTotal = 2;
    public const int MostRates = 8;

    private const int MostLines = 24;
    private const int SequenceWraps = 9_999;

    public BillLine[] Lines { get; } = new BillLine[MostLines];

    public BillTax[] Taxes { get; } = new BillTax[MostRates];

    public BillTender[] Tenders { get; } = new BillTender[2];

    public BillKind Kind { get; private set; }

    public int Dirt { get; private set; }

    public int Workstation { get; private set; }

    public int Sequence { get; private set; }

    public DateTime BeganAt { get; private set; }

    public DateTime EndedAt { get; private set; }

    public int Cashier { get; private set; }

    public int LineCount { get; private set; }

    public int TaxCount { get; private set; }

    public int TenderCount { get; private set; }

    public long Discount { get; private set; }

    public long Tax { get; private set; }

    public long Net { get; private set; }

    /// <summary>To the rupee, as it is paid.</summary>
    public long Grand { get; private set; }

    public bool HasCustomer { get; private set; }

    /// <summary>For what is drawn while writing.</summary>
    public Draw Rest;

    public bool IsRetail => Kind <= BillKind.Suspended;

    public long Pieces { get; private set; }

    public void Make(FilePart part, long index, int longest)
    {
        var draw = part.Draw(index);
        var tills = (int)Math.Max(4, part.Rows / 9_000 + 1);
        (Workstation, Sequence) = ((int)(index % tills) + 1, (int)((index / tills + part.Store.Id * 37) % SequenceWraps) + 1);
        BeganAt = part.Day.ToDateTime(new TimeOnly(9, 30)).AddTicks((long)(TimeSpan.FromHours(12.5).Ticks * ((index + 0.5) / part.Rows)));
        EndedAt = BeganAt.AddTicks(TimeSpan.FromSeconds(20 + draw.Below(200)).Ticks);
        Cashier = (part.Store.Id * 11 + Workstation) % FilePeople.Latin.Length;
        Dirt = part.Dirt(index, DirtKinds);
        Kind = Dirt >= 0 ? BillKind.Sale : KindOf(draw.Below(200));
        (LineCount, TaxCount, TenderCount, Discount, Tax, Net, Pieces) = (0, 0, 0, 0, 0, 0, 0);
        if (IsRetail)
        {
            Fill(draw.Between(1, longest), ref draw);
            HasCustomer = draw.Percent(30);
            Grand = (Math.Abs(Net) + 50) / 100 * 100 * Math.Sign(Net);
            if (Kind != BillKind.Suspended)
            {
                Pay(ref draw);
            }
        }

        Rest = draw;
    }

    private static BillKind KindOf(int share) => share switch
    {
        < 6 => BillKind.Refund,
        < 10 => BillKind.Training,
        < 13 => BillKind.PostVoid,
        < 15 => BillKind.Suspended,
        < 18 => BillKind.SignOn,
        < 20 => BillKind.NoSale,
        20 => BillKind.TillPickup,
        _ => BillKind.Sale,
    };

    private void Fill(int count, ref Draw draw)
    {
        LineCount = Math.Min(count, MostLines);
        for (var number = 0; number < LineCount; number++)
        {
            ref var line = ref Lines[number];
            line.Article = draw.Of(world.Articles);
            line.Sold.Make(line.Article.Product, withinState: true, ref draw);
            line.Gross = (line.Article.Product.Price * line.Sold.Quantity + 500) / 1_000;

            // The first line of every bill counts, so that every bill has an amount.
            line.IsReturn = Kind == BillKind.Refund ? number == 0 || draw.Percent(40) : number > 0 && draw.Percent(2);
            line.IsVoid = number > 0 && draw.Percent(4);
            line.IsKeyed = draw.Percent(12);
            if (line.IsVoid)
            {
                continue;
            }

            var sign = line.IsReturn ? -1 : 1;
            Net += sign * line.Sold.Net;
            Discount += sign * line.Sold.Discount;
            Pieces += sign * line.Sold.Quantity;
            AddTax(line.Article.Product.Rate, sign * line.Sold.Taxable, sign * line.Sold.HalfTax);
        }
    }

    private void AddTax(int rate, long taxable, long half)
    {
        var at = 0;
        while (at < TaxCount && Taxes[at].Rate != rate)
        {
            at++;
        }

        if (at == TaxCount)
        {
            Taxes[TaxCount++] = new BillTax { Rate = rate };
        }

        Taxes[at].Taxable += taxable;
        Taxes[at].Half += half;
        Tax += 2 * half;
    }

    private void Pay(ref Draw draw)
    {
        var due = Math.Abs(Grand);
        if (Grand > 500_00 && draw.Percent(8))
        {
            var gift = due / 400 * 100;
            Tenders[TenderCount++] = new BillTender { Kind = TenderKind.GiftCard, Amount = gift };
            due -= gift;
        }

        var kind = draw.Below(20) switch { < 10 => TenderKind.Upi, < 15 => TenderKind.Card, < 19 => TenderKind.Cash, _ => TenderKind.Wallet };
        var given = kind == TenderKind.Cash && Grand > 0 ? (due + 99_99) / 100_00 * 100_00 : due;
        Tenders[TenderCount++] = new BillTender { Kind = kind, Amount = given, Change = given - due };
    }
}

internal struct BillLine
{
    public Article Article;
    public OrderLine Sold;
    public long Gross;
    public bool IsReturn;
    public bool IsVoid;
    public bool IsKeyed;
}

internal struct BillTax
{
    /// <summary>Basis points; CGST and SGST are half of it each.</summary>
    public int Rate;
    public long Taxable;
    public long Half;
}

internal enum TenderKind
{
    Upi,
    Card,
    Cash,
    Wallet,
    GiftCard,
}

internal struct BillTender
{
    public TenderKind Kind;
    public long Amount;
    public long Change;
}
