using RetailLake.Core.Runs;
using RetailLake.Core.Warehouse;

namespace RetailLake.Core.Metrics;

/// <summary>What a committed load tells of its feed.</summary>
public static class LoadMetrics
{
    /// <param name="freshnessHours">How old the contract lets data be when it is loaded; null: it does not say.</param>
    public static IReadOnlyList<Measurement> Of(RunPlan plan, AuditReport? audit, LedgerRow row, decimal? freshnessHours, HeldUnits? held)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(row);
        List<Measurement> all = [Measurement.Count(MetricName.RowsLoaded, (double)row.Hops["published"])];
        if (UpTo(plan, audit, row) is { } upTo)
        {
            var lag = row.LoadedAt - upTo;
            all.Add(Measurement.Seconds(MetricName.LagSeconds, lag));
            if (freshnessHours is { } hours)
            {
                var over = lag - TimeSpan.FromHours((double)hours);
                all.Add(Measurement.Seconds(MetricName.OverdueSeconds, over > TimeSpan.Zero ? over : TimeSpan.Zero));
            }
        }

        return held is null ? all : [.. all, .. Of(held)];
    }

    public static IReadOnlyList<Measurement> Of(HeldUnits held)
    {
        ArgumentNullException.ThrowIfNull(held);
        return [Measurement.Count(MetricName.BillsHeld, held.Waiting), Measurement.Count(MetricName.BillsExpired, held.Expired)];
    }

    /// <summary>The oldest file, and the partition that is furthest behind, count: the newest would hide what waited.</summary>
    private static DateTimeOffset? UpTo(RunPlan plan, AuditReport? audit, LedgerRow row) =>
        row.WindowHi ?? (plan.Drops.Any() ? plan.Drops.Min(drop => drop.Modified)
            : audit?.Partitions.Min(partition => partition.LastEvent) is { } last ? DateTimeOffset.FromUnixTimeMilliseconds(last) : null);
}
