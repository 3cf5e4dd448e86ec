using RetailLake.Core.Metrics;
using RetailLake.Core.Runs;
using RetailLake.Core.Warehouse;

namespace RetailLake.Tests.Metrics;

public sealed class LoadMetricsTests
{
    private static readonly DateTimeOffset Loaded = DateTimeOffset.Parse("2026-11-22T19:30:00Z");

    [Theory]
    [InlineData(3, null, null)]
    [InlineData(3, 4.0, 0.0)]
    [InlineData(3, 2.0, 3600.0)]
    [InlineData(3, 2.5, 1800.0)]
    public void Window_LagsFromItsEndAndIsOverdueBeyondWhatTheContractAllows(int hours, double? allowed, double? overdue)
    {
        var measured = LoadMetrics.Of(Plan(), null, Row(Loaded.AddHours(-hours)), (decimal?)allowed, null).ToDictionary(one => one.Name, one => one.Value);

        measured[MetricName.RowsLoaded].Should().Be(42);
        measured[MetricName.LagSeconds].Should().Be(hours * 3600);
        measured.GetValueOrDefault(MetricName.OverdueSeconds, -1).Should().Be(overdue ?? -1);
    }

    [Fact]
    public void LoadWithoutAWindow_IsToldWithoutAge() =>
        LoadMetrics.Of(Plan(), null, Row(null), null, null).Should().Equal(Measurement.Count(MetricName.RowsLoaded, 42));

    [Fact]
    public void HeldUnits_AreTold() =>
        LoadMetrics.Of(Plan(), null, Row(null), null, new(7, 2)).Should().Contain([Measurement.Count(MetricName.BillsHeld, 7), Measurement.Count(MetricName.BillsExpired, 2)]);

    private static RunPlan Plan() => new()
    {
        Execution = "customer-20261122T193000Z", Contract = "crm.customer", ContractVersion = "1.0.0", ContractSha256 = "", Ordinal = 1, WorkId = "w", Slices = [], PlannedAt = Loaded,
    };

    private static LedgerRow Row(DateTimeOffset? upTo) => new()
    {
        WorkId = "w", Contract = "crm.customer", Execution = "customer-20261122T193000Z", Ordinal = 1, ContractVersion = "1.0.0", Mode = "window", WindowHi = upTo, LoadedAt = Loaded,
        Hops = new Dictionary<string, long> { ["published"] = 42 },
    };
}
