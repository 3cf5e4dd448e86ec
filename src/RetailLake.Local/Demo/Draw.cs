namespace RetailLake.Local.Demo;

/// <summary>
/// Random numbers that belong to one row: any row can be made again alone, in any order and on any thread.
/// SplitMix64; System.Random promises no sequence across versions, and a seed here must mean the same data for ever.
/// </summary>
internal struct Draw(ulong seed, DemoTable table, long index)
{
    private ulong _state = Mix(Mix(seed * 0x9E3779B97F4A7C15 + (ulong)table + 1) + (ulong)index);

    public ulong Next() => Mix(_state += 0x9E3779B97F4A7C15);

    /// <summary>0 to bound - 1.</summary>
    public int Below(int bound) => (int)(((Next() >> 32) * (ulong)bound) >> 32);

    /// <summary>Both ends included.</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    public bool Percent(int chance) => Below(100) < chance;

    public T Of<T>(T[] choices) => choices[Below(choices.Length)];

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}

internal enum DemoTable
{
    Customer, LoyaltyAccount, LoyaltyTxn, Order, Product, Price, Store, Inventory, Category, Day, TillCount, GoodsReceipt, PriceTag, Footfall, PosLog, TillBill,
}
