namespace RetailLake.Local.Demo.Files;

/// <summary>Counts what a generator puts into a file for one table: the figures that the lake must come to on its own.</summary>
internal sealed class PlantedTable(string name, params (string Column, int Decimals)[] columns)
{
    /// <summary>The code of rows that are right and fall with another row of their unit.</summary>
    public const string UnitRejected = "unit_rejected";

    private readonly long[] sums = new long[columns.Length];
    private readonly long[] rejectedSums = new long[columns.Length];
    private readonly Dictionary<string, long> reasons = new(StringComparer.Ordinal);
    private long rows;
    private long rejected;

    /// <param name="reason">Code of the reject; null: the row is right.</param>
    /// <param name="values">Of the columns, scaled by their decimals; 0 for what the dirt makes unreadable.</param>
    public void Add(string? reason, params ReadOnlySpan<long> values)
    {
        rows++;
        for (var index = 0; index < values.Length; index++)
        {
            sums[index] += values[index];
        }

        if (reason is null)
        {
            return;
        }

        rejected++;
        reasons[reason] = reasons.GetValueOrDefault(reason) + 1;
        for (var index = 0; index < values.Length; index++)
        {
            rejectedSums[index] += values[index];
        }
    }

    public DemoFileTotals ToTotals() => new(name, rows, rejected, reasons, Exact(sums), Exact(rejectedSums));

    private Dictionary<string, decimal> Exact(long[] values)
    {
        var exact = new Dictionary<string, decimal>(StringComparer.Ordinal);
        for (var index = 0; index < columns.Length; index++)
        {
            var (column, decimals) = columns[index];
            exact[column] = values[index] * new decimal(1, 0, 0, false, (byte)decimals);
        }

        return exact;
    }
}
