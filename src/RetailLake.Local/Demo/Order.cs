namespace RetailLake.Local.Demo;

/// <summary>One bill with its lines and payments. Its three tables are written apart, each making the bill again from its draw. Money in paise.</summary>
internal sealed class Order
{
    public const int MostLines = 5;

    private static readonly string[] Channels = ["STORE", "STORE", "STORE", "WEB", "APP", "MARKETPLACE"];
    private static readonly string[] UnderWay = ["PLACED", "PACKED", "SHIPPED", "DELIVERED"];

    public long Index { get; private set; }
    public long Id => Index + 1;
    public string Channel { get; private set; } = "";
    public string Status { get; private set; } = "";
    public Store Store { get; private set; } = null!;
    public Place Supply { get; private set; } = null!;
    public long? CustomerId { get; private set; }
    public DateTime PlacedAt { get; private set; }
    public OrderLine[] Lines { get; } = new OrderLine[MostLines];
    public int LineCount { get; private set; }
    public long Discount { get; private set; }
    public long Taxable { get; private set; }
    public long HalfTax { get; private set; }
    public long Igst { get; private set; }
    public long RoundOff { get; private set; }
    public long Net { get; private set; }

    /// <summary>What is not made yet (names, payments, remarks) goes on from here.</summary>
    public Draw Rest { get; private set; }

    public bool IsParcel => Channel != "STORE";

    public static long CountFor(ulong seed, long lines)
    {
        var orders = 0L;
        for (var made = 0L; made < lines; orders++)
            made += LinesOf(seed, orders, lines - made);
        return orders;
    }

    public static int LinesOf(ulong seed, long index, long atMost) =>
        (int)Math.Min(1 + new Draw(seed, DemoTable.Order, index).Below(MostLines), atMost);

    public void Make(DemoWorld world, Timeline timeline, long index, long timelineIndex, int lineCount)
    {
        var draw = world.Draw(DemoTable.Order, index);
        draw.Next();
        Index = index;
        LineCount = lineCount;
        PlacedAt = timeline.At(timelineIndex);
        Channel = draw.Of(Channels);
        Store = draw.Of(world.Stores);
        CustomerId = IsParcel || draw.Percent(60) ? 1 + (long)(draw.Next() % (ulong)world.Size.Customers) : null;
        Supply = IsParcel ? Customer.Of(world.Seed, CustomerId!.Value - 1, out _).Place : Store.Place;
        Status = StatusAfter(world.IstNow - PlacedAt, ref draw);
        Discount = Taxable = HalfTax = Igst = 0;
        var net = 0L;
        for (var number = 0; number < LineCount; number++)
        {
            ref var line = ref Lines[number];
            line.Make(draw.Of(world.Products), Supply.StateCode == Store.Place.StateCode, ref draw);
            Discount += line.Discount;
            Taxable += line.Taxable;
            HalfTax += line.HalfTax;
            Igst += line.Igst;
            net += line.Net;
        }
        Net = (net + 50) / 100 * 100;
        RoundOff = Net - net;
        // After the sums: the bill's head is right, and it is the line that is wrong.
        if (Dirt.Kind(index, 1) == 0)
            Lines[0].Quantity = -Lines[0].Quantity;
        Rest = draw;
    }

    private string StatusAfter(TimeSpan age, ref Draw draw)
    {
        var cancelled = draw.Percent(IsParcel ? 6 : 1);
        var way = draw.Of(UnderWay);
        return cancelled ? "CANCELLED" : !IsParcel || age > TimeSpan.FromDays(6) ? "DELIVERED" : way;
    }
}
