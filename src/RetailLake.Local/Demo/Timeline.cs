namespace RetailLake.Local.Demo;

/// <summary>Spreads rows 0 to count - 1 over (from, to] in their order; IST wall clock.</summary>
internal sealed record Timeline(DateTime From, DateTime To, long Count)
{
    private static readonly TimeSpan Opens = TimeSpan.FromHours(9);
    private const double OpenShare = 13.5 / 24;

    /// <summary>Half a year that ends at midnight, in the hours when shops are open.</summary>
    public static Timeline History(DateTime istNow, long count) => new(istNow.Date.AddDays(-180), istNow.Date, count) { InOpeningHours = true };

    public bool InOpeningHours { get; init; }

    public DateTime At(long index)
    {
        var moment = From + (To - From) * ((index + 1d) / (Count + 1d));
        if (InOpeningHours)
            moment = moment.Date + Opens + moment.TimeOfDay * OpenShare;
        return new DateTime(moment.Ticks - moment.Ticks % TimeSpan.TicksPerSecond);
    }
}
