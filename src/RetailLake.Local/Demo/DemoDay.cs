namespace RetailLake.Local.Demo;

/// <summary>One day's changes to all tables.</summary>
internal sealed class DemoDay
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(3);

    private readonly DayClock _clock;
    private readonly DemoWorld _world;
    private readonly int _seed;

    public DemoDay(DemoWorld world, int seed, DateTimeOffset since, DateTimeOffset now)
    {
        if (now - since < Shortest)
            throw new ArgumentException(
                $"Found a day from '{since:O}' to '{now:O}'; columns that count whole seconds need at least {Shortest.TotalSeconds:0} s. Nothing was changed. Choose a later end.");
        _world = world;
        _seed = seed;
        _clock = new DayClock(since.UtcDateTime, now.UtcDateTime);
    }

    public delegate Task<IReadOnlyList<DemoChange>> Apply(DemoSql sql, CancellationToken cancellationToken);

    public IEnumerable<(string Database, Apply Apply)> Parts() =>
    [
        (DemoCatalog.Crm, (sql, token) => new CrmDay(sql, _world, _clock, _seed).ApplyAsync(token)),
        (DemoCatalog.Oms, (sql, token) => new OmsDay(sql, _world, _clock, _seed).ApplyAsync(token)),
        (DemoCatalog.Merch, (sql, token) => new MerchDay(sql, _world, _clock, _seed).ApplyAsync(token)),
    ];
}
