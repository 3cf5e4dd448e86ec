namespace RetailLake.Local.Demo;

/// <summary>Orders that follow each other, with the number of lines they have together.</summary>
internal sealed record OrderRange(long First, long Count, long Lines, Timeline Timeline)
{
    /// <summary>Orders of the past moved on after they were placed; new ones have not yet.</summary>
    public bool UpdatedLater { get; init; }

    public static OrderRange History(DemoWorld world) =>
        new(0, world.Size.Orders, world.Size.OrderLines, Timeline.History(world.IstNow, world.Size.Orders)) { UpdatedLater = true };

    /// <summary>The order handed over is the same object each time.</summary>
    public void Each(DemoWorld world, Action<Order> write)
    {
        var order = new Order();
        var left = Lines;
        for (var index = First; index < First + Count; index++)
        {
            var lines = Order.LinesOf(world.Seed, index, left);
            left -= lines;
            order.Make(world, Timeline, index, index - First, lines);
            write(order);
        }
    }
}
