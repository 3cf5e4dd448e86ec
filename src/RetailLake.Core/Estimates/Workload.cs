namespace RetailLake.Core.Estimates;

/// <summary>What a month is worked out for.</summary>
/// <param name="RowsPerDay">Rows that land: of databases, files and topics together.</param>
/// <param name="Stores">Each sends one file a day.</param>
/// <param name="Feeds">Contracts that are ingested by schedule.</param>
/// <param name="RunsPerDay">Executions of each feed.</param>
/// <param name="CadenceMinutes">How often landed POS records are loaded.</param>
/// <param name="BaseRpu">Base capacity of the workgroup.</param>
public sealed record Workload(long RowsPerDay, int Stores, int Feeds, int RunsPerDay, int CadenceMinutes, int BaseRpu)
{
    public const int DaysOfMonth = 30;
    public const int MinutesOfDay = 1440;

    public decimal RowsPerMonth => (decimal)RowsPerDay * DaysOfMonth;

    /// <summary>Loads of a day: every feed's runs, and those of the POS feed on its cadence.</summary>
    public long LoadsPerDay => ((long)Feeds * RunsPerDay) + (MinutesOfDay / CadenceMinutes);

    public Workload Times(int factor) => this with { RowsPerDay = checked(RowsPerDay * factor), Stores = checked(Stores * factor) };
}
