using RetailLake.Core.Rows;
using RetailLake.Core.Runs;

namespace RetailLake.Tests.Contracts;

/// <summary>What later stages would refuse is refused by the check; what the check lets pass, they take.</summary>
public sealed class LaterStagesTests
{
    [Fact]
    public void AContractOfTooManyTables_IsRefused()
    {
        var child = SampleContract.Yaml[SampleContract.Yaml.IndexOf("  - name: bill_line", StringComparison.Ordinal)..];
        var many = SampleContract.Yaml + string.Concat(Enumerable.Range(2, 8).Select(number => child.Replace("name: bill_line", $"name: bill_line{number}", StringComparison.Ordinal)));

        SampleContract.Load(many).Problems.Should().ContainSingle().Which.Message.Should().Contain("statements").And.Contain("Split the contract");
    }

    [Fact]
    public void EveryRuleOfTheSample_CompilesToRowRules() =>
        SampleContract.Load(SampleContract.Yaml).Contracts.Single().Tables.Select(CompiledTable.For).Should().HaveCount(2);

    [Theory]
    [InlineData("mustBeBetween", 10, false)]
    [InlineData("mustBeBetween", 11, true)]
    [InlineData("mustBeBetween", 19, true)]
    [InlineData("mustBeBetween", 20, false)]
    [InlineData("mustNotBeBetween", 10, true)]
    [InlineData("mustNotBeBetween", 11, false)]
    [InlineData("mustNotBeBetween", 20, true)]
    public void TheBoundsOfBetween_LieOutsideIt(string name, long rows, bool holds)
    {
        var contract = SampleContract.Load(SampleContract.With("mustBeBetween: [0, 1000000]", $"{name}: [10, 20]")).Contracts.Single();
        var plan = new RunPlan
        {
            Execution = "e", Contract = contract.Id, ContractVersion = contract.Version, ContractSha256 = contract.Sha256, Ordinal = 1, WorkId = "w", Slices = [],
            PlannedAt = DateTimeOffset.UnixEpoch,
        };
        var table = contract.Parent with { Rules = [.. contract.Parent.Rules.Where(rule => rule.Metric == "rowCount")] };
        var totals = new TableTotals(table.Name, rows, new Dictionary<string, decimal>());

        var judge = () => TableRules.Judge(new(plan, contract, RunKeys.Of(plan)), table, new(table.Name, totals, totals, totals, totals, [], [], 0), []);

        Holds(judge).Should().Be(holds);
    }

    private static bool Holds(Action judge)
    {
        try
        {
            judge();
            return true;
        }
        catch (Core.Errors.QualityRuleBrokenException)
        {
            return false;
        }
    }
}
