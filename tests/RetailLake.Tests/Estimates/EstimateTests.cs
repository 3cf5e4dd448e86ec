using RetailLake.Core.Estimates;
using RetailLake.Tests.Cli;

namespace RetailLake.Tests.Estimates;

public sealed class EstimateTests : IDisposable
{
    private static readonly Workload Day = new(4_000_000, 50, 15, 24, 5, 8);

    private readonly CommandRun lake = new();

    public void Dispose() => lake.Dispose();

    [Fact]
    public void OneDay_IsWorkedOutByHandAsByTheProduct()
    {
        var month = MonthlyEstimate.Of(Day, Rates.Listed);

        // 15 feeds 24 times, and a POS load every five minutes: 648 loads of 6,172 rows, a slice each.
        Day.LoadsPerDay.Should().Be(648);
        MonthlyEstimate.SlicesPerDay(Day).Should().Be(648);
        Of(month, "Step Functions").Quantity.Should().Be(648 * 30 * (12 + 4));
        Of(month, "Lambda", "invocation").Quantity.Should().Be((648 * 30 * 8) + (648 * 30 * 3) + (50 * 30));
        Of(month, "Lambda", "GB-second").Quantity.Should().Be(((120m * 3.6m) + (215_340m * 0.6m)) * 1.769m);

        // 648 loads of at least a minute are over ten hours.
        Of(month, "Redshift", "RPU-hour").Quantity.Should().Be(648m * 60m * 30m * 8m / 3600m);
        month.Dollars.Should().Be(month.Lines.Sum(line => line.Dollars));
    }

    [Fact]
    public void LoadsEveryMinute_KeepTheWarehouseAwakeAllDay()
    {
        var eager = Day with { CadenceMinutes = 1 };

        MonthlyEstimate.AwakeSecondsPerDay(eager).Should().Be(86_400);
        ScaleLimits.Of(eager, 120, 31).Single(limit => limit.Name == "Warehouse awake for loads").Share.Should().Be(1);
        Of(MonthlyEstimate.Of(eager, Rates.Listed), "Redshift", "RPU-hour").Quantity.Should().Be(24 * 30 * 8);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(1_000)]
    public void MoreRows_CostMoreAndNeverMoreThanInProportion(int factor)
    {
        var (small, large) = (MonthlyEstimate.Of(Day, Rates.Listed), MonthlyEstimate.Of(Day.Times(factor), Rates.Listed));

        large.Dollars.Should().BeGreaterThan(small.Dollars).And.BeLessThanOrEqualTo(small.Dollars * factor);
        large.Lines.Zip(small.Lines).Should().OnlyContain(pair => pair.First.Quantity >= pair.Second.Quantity);
    }

    [Fact]
    public void PayloadAndHistory_AreTheSameAtAnySize()
    {
        foreach (var name in new[] { "Payload of a state", "History of an execution", "Memory of one invocation", "Statements of one load" })
        {
            Limit(1).Used.Should().Be(Limit(1_000).Used, name);

            ScaleLimit Limit(int factor) => ScaleLimits.Of(Day.Times(factor), 120, 31).Single(limit => limit.Name == name);
        }
    }

    [Fact]
    public void RateByHand_CountsInItsLineAlone()
    {
        var (listed, dear) = (MonthlyEstimate.Of(Day, Rates.Listed), MonthlyEstimate.Of(Day, Rates.Listed.With(["redshift.rpuHour=4.3"])));

        Of(dear, "Redshift", "RPU-hour").Dollars.Should().Be(10 * Of(listed, "Redshift", "RPU-hour").Dollars);
        dear.Lines.Zip(listed.Lines).Count(pair => pair.First != pair.Second).Should().Be(1);
    }

    [Theory]
    [InlineData("redshift.rpuhour=1")]
    [InlineData("s3.put")]
    [InlineData("s3.put=-1")]
    [InlineData("s3.put=1,5")]
    public async Task WrongRate_IsRefused(string rate)
    {
        var answer = await lake.RunAsync("estimate", "--rate", rate);

        answer.Exit.Should().Be(3);
        answer.Error.Should().Contain("Found the rate").And.Contain("redshift.rpuHour");
    }

    [Theory]
    [InlineData("--stores", "0")]
    [InlineData("--rows-per-day", "-5")]
    [InlineData("--cadence", "1441")]
    public async Task WrongSize_ShowsTheHelp(string option, string value) => (await lake.RunAsync("estimate", option, value)).Exit.Should().Be(2);

    [Fact]
    public async Task Command_ShowsThreeScalesInBothCurrenciesWithTheirLimits()
    {
        var json = (await lake.RunAsync("estimate", "--rows-per-day", "4000000", "--stores", "50", "--json")).Json;
        var text = await lake.RunAsync("estimate");

        var scales = json["scales"]!.AsArray();
        scales.Select(scale => (int)scale!["scale"]!).Should().Equal(1, 10, 1_000);
        scales.Should().OnlyContain(scale => (decimal)scale!["rupees"]! == (decimal)scale["dollars"]! * 88);
        scales.Should().OnlyContain(scale => (int)scale!["limits"]!.AsArray().Single(limit => (string)limit!["name"]! == "Statements of one load")!["used"]! > 20, "taken from the contracts");
        scales.Select(scale => (decimal)scale!["limits"]![0]!["used"]! / (decimal)scale["limits"]![0]!["limit"]!).Should().OnlyContain(share => share >= 0.1m, "the nearest limit comes first");
        text.Exit.Should().Be(0);
        text.Output.Should().Contain("1,000 x:").And.Contain("₹").And.Contain("Not measured");
    }

    private static EstimateLine Of(MonthlyEstimate month, string service, string? unit = null) => month.Lines.Single(line => line.Service == service && (unit is null || line.Unit == unit));
}
