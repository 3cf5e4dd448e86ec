namespace RetailLake.Local.Demo;

/// <summary>What all tables of one fill share.</summary>
internal sealed class DemoWorld
{
    private static readonly TimeSpan Ist = new(5, 30, 0);
    private static readonly TimeSpan Freshest = TimeSpan.FromMinutes(5);

    public DemoWorld(int seed, DemoSize size, DateTimeOffset now)
    {
        Seed = (ulong)seed;
        Size = size;
        UtcNow = now.UtcDateTime;
        Products = Product.All(Seed, size.Products);
        Stores = Store.All(Seed, size.Stores);
    }

    public ulong Seed { get; }

    public DemoSize Size { get; }

    public DateTime UtcNow { get; }

    public DateTime IstNow => InIst(UtcNow);

    public Product[] Products { get; }

    public Store[] Stores { get; }

    public static DateTime InIst(DateTime utc) => utc + Ist;

    public Draw Draw(DemoTable table, long index) => new(Seed, table, index);

    /// <summary>A moment of the last days, never so fresh that an extract's lag would leave it out.</summary>
    public DateTime Past(ref Draw draw, int days)
    {
        var ticks = (long)(draw.Next() % (ulong)(TimeSpan.FromDays(days) - Freshest).Ticks);
        return UtcNow - Freshest - TimeSpan.FromTicks(ticks);
    }

    public DateTime NotAfterNow(DateTime ist) => ist < IstNow - Freshest ? ist : IstNow - Freshest;
}
