using RetailLake.Local.Demo.Files;

namespace RetailLake.Local.Demo.Pos;

internal enum TillBillKind
{
    Sale,
    Return,
    Void,
}

/// <summary>The bill of one number, made again alone from its number whenever it is needed. Paise, and thousandths of a piece.</summary>
internal sealed class TillBill
{
    public const int MostLines = 12;

    private const int TillsPerStore = 6;

    /// <summary>How many bills before this one the voided one is; few enough that the customer is still at the till.</summary>
    private const int VoidedBefore = 11;

    private TillBill(FileWorld world, long number)
    {
        var draw = new Draw(world.Seed, DemoTable.TillBill, number);
        Number = number;
        Store = draw.Below(world.Stores.Length) + 1;
        Till = draw.Below(TillsPerStore) + 1;
        Kind = draw.Below(200) switch
        {
            < 2 when number >= VoidedBefore => TillBillKind.Void,
            < 10 when number >= VoidedBefore => TillBillKind.Return,
            _ => TillBillKind.Sale,
        };
        IsTraining = draw.Below(200) == 0;
        IsLate = draw.Percent(2);
        IsCorrected = Kind == TillBillKind.Sale && draw.Percent(2);
        IsSentTwice = draw.Percent(3);
        IsBroken = Kind == TillBillKind.Sale && !IsCorrected && !IsSentTwice && draw.Below(2_000) == 0;
        Cashier = FilePeople.Latin[(Store * 11 + Till) % FilePeople.Latin.Length];
        Phone = draw.Percent(40) ? 6_000_000_000 + (long)(draw.Next() % 3_900_000_000) : null;
        HoursLate = draw.Between(1, 30);
        Lines = Kind == TillBillKind.Void ? [] : [.. Enumerable.Range(0, draw.Between(1, MostLines)).Select(index => new TillLine(world, index, Kind, ref draw))];
        Tender = draw.Below(20);
    }

    public long Number { get; }

    public int Store { get; }

    public int Till { get; }

    public TillBillKind Kind { get; }

    public bool IsTraining { get; }

    /// <summary>Closed while the shop's line was down, hours before it is sent.</summary>
    public bool IsLate { get; }

    public int HoursLate { get; }

    /// <summary>The till sends it once more with a higher revision, without its last line.</summary>
    public bool IsCorrected { get; }

    /// <summary>The same bytes once more.</summary>
    public bool IsSentTwice { get; }

    /// <summary>Cut on its way: no bill at all.</summary>
    public bool IsBroken { get; }

    public FileText Cashier { get; }

    public long? Phone { get; }

    public IReadOnlyList<TillLine> Lines { get; }

    public int Tender { get; }

    /// <summary>Of a return or a void.</summary>
    public long? Original => Kind == TillBillKind.Sale ? null : Number - VoidedBefore;

    public static TillBill Of(FileWorld world, long number) => new(world, number);

    public static string Name(FileWorld world, long number)
    {
        var draw = new Draw(world.Seed, DemoTable.TillBill, number);
        return Name(draw.Below(world.Stores.Length) + 1, draw.Below(TillsPerStore) + 1, number);
    }

    public static string Name(int store, int till, long number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{store:000}-{till:00}-{number:0000000000}");
}
