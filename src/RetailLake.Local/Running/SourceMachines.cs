using RetailLake.Core.Contracts;
using RetailLake.Local.Templates;

namespace RetailLake.Local.Running;

/// <summary>Every source has its state machine and schedule: those of the template, and the same ones for sources that have contracts only.</summary>
internal static class SourceMachines
{
    public const string SourceTemplate = "statemachines/source.template.yaml";

    public static LocalApplication Complete(string app, LocalApplication application, ContractCatalog contracts)
    {
        var known = application.StateMachines.Select(machine => machine.Name).ToHashSet(StringComparer.Ordinal);
        return contracts.Sources.Where(source => !known.Contains(NameOf(source))).Select(source => OfContracts(app, application, source)).Aggregate(
            application, (all, source) => all with { StateMachines = [.. all.StateMachines, .. source.StateMachines], Schedules = [.. all.Schedules, .. source.Schedules] });
    }

    public static string NameOf(string source) => $"{source}-ingest";

    private static LocalApplication OfContracts(string app, LocalApplication application, string source)
    {
        var arguments = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Source"] = source,
            ["LakeBucket"] = "LakeBucket",
            ["KmsKeyArn"] = LocalArn.OfUnused("LogKey", "Arn"),
            ["AlarmTopicArn"] = LocalArn.OfUnused("AlarmTopic", "Arn"),
        };
        foreach (var function in application.Functions)
        {
            arguments[$"{function.LogicalId}Arn"] = function.Arn;
        }

        return TemplateReader.ReadStack(Path.Combine(app, SourceTemplate), source, arguments);
    }
}
