using System.Globalization;

namespace RetailLake.Local.Demo;

/// <summary>Spreads a day's changes over (since, now]; the whole second after <c>since</c> is the earliest, so that no column can cut below it.</summary>
internal sealed class DayClock
{
    private const int Steps = 9_973;

    private readonly DateTime _from;
    private readonly DateTime _to;

    public DayClock(DateTime since, DateTime now)
    {
        _from = since.AddTicks(TimeSpan.TicksPerSecond - since.Ticks % TimeSpan.TicksPerSecond);
        _to = now;
    }

    public DateTime Utc(long key) => _from + (_to - _from) * (key * 7_919 % Steps / (double)Steps);

    public Timeline Ist(long count) => new(DemoWorld.InIst(_from), DemoWorld.InIst(_to), count);

    /// <summary>The same moment in SQL, for a key column.</summary>
    public string UtcSql(string key) => Sql(_from, key);

    public string IstSql(string key) => Sql(DemoWorld.InIst(_from), key);

    private string Sql(DateTime from, string key) => string.Create(CultureInfo.InvariantCulture,
        $"TIMESTAMPADD(MICROSECOND, ({key} * 7919 % {Steps}) * {(_to - _from).Ticks / 10} DIV {Steps}, CAST('{from:yyyy-MM-dd HH:mm:ss}' AS DATETIME(6)))");
}
