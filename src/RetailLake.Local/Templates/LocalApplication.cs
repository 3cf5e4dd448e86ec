using System.Text.Json.Nodes;

namespace RetailLake.Local.Templates;

/// <summary>What of template.yaml and its nested stacks runs on this machine.</summary>
public sealed record LocalApplication(
    IReadOnlyList<LocalFunction> Functions, IReadOnlyList<LocalStateMachine> StateMachines,
    IReadOnlyList<LocalSchedule> Schedules, IReadOnlyList<LocalRule> Rules, IReadOnlyList<string> NotRun)
{
    public LocalFunction? FunctionByArn(string arn) =>
        Functions.FirstOrDefault(function => function.Arn == arn || arn.StartsWith(function.Arn + ":", StringComparison.Ordinal));

    public LocalStateMachine? StateMachineByArn(string arn) => StateMachines.FirstOrDefault(machine => machine.Arn == arn);
}

/// <param name="Where">File and line, for errors.</param>
public sealed record LocalFunction(
    string LogicalId, string Name, string Arn, string Handler, int MemoryMegabytes, TimeSpan Timeout, IReadOnlyDictionary<string, string> Environment, string Where);

/// <param name="Definition">ASL text with its substitutions made.</param>
/// <param name="StackArguments">What the nested stack was given; empty at the top.</param>
public sealed record LocalStateMachine(
    string LogicalId, string Name, string Arn, string DefinitionFile, string Definition, IReadOnlyDictionary<string, string> StackArguments, string Where);

/// <param name="Expression"><c>rate(…)</c>, <c>cron(…)</c> or <c>at(…)</c>.</param>
/// <param name="Input">JSON text; null: the scheduled event.</param>
public sealed record LocalSchedule(string Name, string Expression, string? Zone, string TargetArn, string? Input, bool Enabled, string Where);

public sealed record LocalRule(string Name, JsonObject Pattern, IReadOnlyList<LocalTarget> Targets, bool Enabled, string Where);

public sealed record LocalTarget(string Arn, string? Input, string? InputPath);
