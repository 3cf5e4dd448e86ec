using RetailLake.Core.Contracts;
using RetailLake.Local.Templates;
using RetailLake.Sources.Ftp;

namespace RetailLake.Local.Running;

/// <summary>Every source has its state machine and schedule: those of the template, and the same ones for sources that have contracts only.</summary>
internal static class SourceMachines
{
    public const string SourceTemplate = "statemachines/source.template.yaml";
    public const string PullTemplate = "statemachines/pull.template.yaml";

    public static LocalApplication Complete(string app, LocalApplication application, ContractCatalog contracts)
    {
        var known = application.StateMachines.Select(machine => machine.Name).ToHashSet(StringComparer.Ordinal);
        var lacking = contracts.Sources.Where(source => !known.Contains(NameOf(source))).Select(source => OfContracts(app, SourceTemplate, application, source))
            .Concat(contracts.All.Where(DropServers.IsPulled).Select(contract => contract.Source).Distinct(StringComparer.Ordinal)
                .Where(source => !known.Contains(PullOf(source))).Select(source => OfContracts(app, PullTemplate, application, source)));
        return lacking.Aggregate(
            application, (all, source) => all with { StateMachines = [.. all.StateMachines, .. source.StateMachines], Schedules = [.. all.Schedules, .. source.Schedules] });
    }

    public static string NameOf(string source) => $"{source}-ingest";

    /// <summary>Of sources whose drops lie on servers of others.</summary>
    public static string PullOf(string source) => $"{source}-pull";

    private static LocalApplication OfContracts(string app, string template, LocalApplication application, string source)
    {
        var arguments = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Source"] = source,
            [HostSettings.ScheduleState] = HostSettings.Parameters[HostSettings.ScheduleState],
            ["LakeBucket"] = "LakeBucket",
            ["AlarmTopicArn"] = LocalArn.OfUnused("AlarmTopic", "Arn"),
        };
        foreach (var function in application.Functions)
        {
            arguments[$"{function.LogicalId}Arn"] = function.Arn;
        }

        return TemplateReader.ReadStack(Path.Combine(app, template), source, arguments);
    }
}
