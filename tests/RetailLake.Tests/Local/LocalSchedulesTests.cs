using System.Text.Json.Nodes;
using RetailLake.Local.Running;
using RetailLake.Local.Templates;

namespace RetailLake.Tests.Local;

/// <summary>A stack begins with its schedules off; <c>lake up</c> fires them all the same, of entries in template.yaml and of sources that have contracts only.</summary>
public sealed class LocalSchedulesTests
{
    private static readonly IReadOnlyList<string> Machines = ["crm", "crt-pull", "crt", "gp", "merch", "oms", "pos", "poslog-pull", "poslog", "util"];

    [Fact]
    public void Template_FiresEverySourceHere() => Due(Read(HostSettings.Parameters)).Should().BeEquivalentTo(Machines);

    [Fact]
    public void SourcesWithContractsOnly_FireToo()
    {
        var bare = Read(HostSettings.Parameters) with { StateMachines = [], Schedules = [] };

        var complete = SourceMachines.Complete(Repository.Root, bare, HostContracts.Load([Repository.Path("contracts")]));

        complete.Schedules.Should().HaveCountGreaterThan(7).And.OnlyContain(schedule => schedule.Enabled);
        Due(complete).Should().Contain(["crm", "oms", "merch", "pos", "poslog"]);
    }

    [Fact]
    public void StackWithoutAWord_FiresNothing()
    {
        var stack = Read(new Dictionary<string, string>());

        stack.Schedules.Should().NotBeEmpty().And.OnlyContain(schedule => !schedule.Enabled);
        stack.StateMachines.Should().NotContain(machine => machine.Name == "pos-ingest", "without a cluster there is nothing to load");
    }

    private static LocalApplication Read(IReadOnlyDictionary<string, string> parameters) =>
        TemplateReader.Read(Repository.Path("template.yaml"), HostSettings.Names, parameters);

    /// <summary>Sources whose StartIngest is due, and pull machines.</summary>
    private static IEnumerable<string> Due(LocalApplication application) => application.Schedules.Where(schedule => schedule.Enabled)
        .Select(schedule => application.StateMachineByArn(schedule.TargetArn)?.Name ?? (string)JsonNode.Parse(schedule.Input!)!["source"]!);
}
