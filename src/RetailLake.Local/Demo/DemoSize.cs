namespace RetailLake.Local.Demo;

/// <summary>How many rows each table gets for a number of order lines.</summary>
public sealed record DemoSize
{
    public const long DefaultOrderLines = 1_000_000;

    private const int MostProducts = 20_000;

    public required long OrderLines { get; init; }

    public required long Orders { get; init; }

    public long Customers => Math.Max(100, OrderLines / 10);

    public long LoyaltyAccounts => Customers * 6 / 10;

    public long LoyaltyTxns => OrderLines * 3 / 10;

    public int Products => (int)Math.Clamp(OrderLines / 40, 200, MostProducts);

    /// <summary>One price for each store group, and a coming one for the first.</summary>
    public long Prices => (long)Products * (Store.Groups.Length + 1);

    public int Stores { get; } = 120;

    public long Inventory => Math.Min(Math.Max(OrderLines / 5 / Stores, 1), Products) * Stores;

    public static DemoSize Of(long orderLines, int seed) =>
        new() { OrderLines = orderLines, Orders = Order.CountFor((ulong)seed, orderLines) };
}
