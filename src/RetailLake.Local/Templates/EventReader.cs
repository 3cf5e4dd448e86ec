using System.Text.Json.Nodes;

namespace RetailLake.Local.Templates;

/// <summary>Schedules and event rules, standing alone or among the Events of a function or state machine.</summary>
internal sealed class EventReader(Intrinsics intrinsics, List<LocalSchedule> schedules, List<LocalRule> rules, MessagingReader messaging, List<string> notRun)
{
    private static readonly string[] ScheduleProperties = ["ScheduleExpression", "ScheduleExpressionTimezone", "State"];

    public void ReadEvents(ResourceReader target, string arn)
    {
        foreach (var (name, value) in target.Map("Events"))
        {
            var entry = (TemplateMap)value;
            var type = entry["Type"] is TemplateText text ? text.Text : "";
            var properties = entry["Properties"] as TemplateMap ?? new(new Dictionary<string, TemplateValue>(), entry.File, entry.Line);
            var id = $"{target.LogicalId}{name}";
            switch (type)
            {
                case "ScheduleV2":
                    schedules.Add(Schedule(id, properties, "ScheduleExpression", arn, properties["Input"]));
                    break;
                case "Schedule":
                    schedules.Add(Schedule(id, properties, "Schedule", arn, properties["Input"]));
                    break;
                case "EventBridgeRule" or "CloudWatchEvent":
                    rules.Add(new(id, Pattern(properties["Pattern"], entry), [new(arn, Optional(properties["Input"]), Optional(properties["InputPath"]))], IsEnabled(properties), entry.Where));
                    break;
                case "SQS":
                    messaging.ReadMapping(new(id, entry, null, intrinsics), arn, properties["Queue"], intrinsics, notRun);
                    break;
                default:
                    notRun.Add($"{type} event '{name}' of '{target.LogicalId}' ({entry.Where})");
                    break;
            }
        }
    }

    public void ReadSchedule(ResourceReader resource)
    {
        var target = resource.Map("Target");
        var arn = intrinsics.Text(target["Arn"]);
        if (!RunsHere(arn))
        {
            notRun.Add($"schedule '{resource.LogicalId}' of '{arn}' ({resource.Where})");
            return;
        }

        var properties = new TemplateMap(ScheduleProperties
            .Select(name => (name, Value: resource.Raw(name))).Where(pair => pair.Value is not null)
            .ToDictionary(pair => pair.name, pair => pair.Value!, StringComparer.Ordinal), resource.Where, 0);
        var schedule = Schedule(resource.LogicalId, properties, "ScheduleExpression", arn, target.GetValueOrDefault("Input"));
        schedules.Add(schedule with { Where = resource.Where });
    }

    public void ReadRule(ResourceReader resource)
    {
        var enabled = resource.Text("State") is not "DISABLED";
        var targets = resource.Raw("Targets") is TemplateList list ? list.Items.OfType<TemplateMap>().Select(target => Target(target, resource)).OfType<LocalTarget>().ToList() : [];
        if (resource.Text("ScheduleExpression") is { } expression)
        {
            schedules.AddRange(targets.Select(target => new LocalSchedule(resource.LogicalId, expression, null, target.Arn, target.Input, enabled, resource.Where)));
        }
        else if (targets.Count > 0)
        {
            rules.Add(new(resource.LogicalId, Pattern(resource.Raw("EventPattern"), null, resource), targets, enabled, resource.Where));
        }
    }

    /// <returns>Null for a target that exists on AWS only (a queue, a topic).</returns>
    private LocalTarget? Target(TemplateMap target, ResourceReader resource)
    {
        var arn = intrinsics.Text(target["Arn"] ?? throw new TemplateRefusedException($"Found a target without Arn in {target.Where}.", "Name its Arn."));
        if (!RunsHere(arn))
        {
            notRun.Add($"target '{arn}' of '{resource.LogicalId}' ({target.Where})");
            return null;
        }

        return target["InputTransformer"] is { } transformer
            ? throw new TemplateRefusedException($"Found an InputTransformer in {transformer.Where}; the local runner passes Input, InputPath or the whole event.", "Let the target read the event.")
            : new(arn, Optional(target["Input"]), Optional(target["InputPath"]));
    }

    private static bool RunsHere(string arn) => arn.StartsWith("arn:aws:lambda:", StringComparison.Ordinal) || arn.StartsWith("arn:aws:states:", StringComparison.Ordinal);

    private LocalSchedule Schedule(string name, TemplateMap properties, string expression, string arn, TemplateValue? input) => new(
        name,
        intrinsics.Text(properties[expression] ?? throw new TemplateRefusedException($"Found no {expression} for '{name}' in {properties.Where}.", $"Set {expression}.")),
        Optional(properties["ScheduleExpressionTimezone"]), arn, Optional(input), IsEnabled(properties), properties.Where);

    private bool IsEnabled(TemplateMap properties) => Optional(properties["State"]) is not "DISABLED" && Optional(properties["Enabled"]) is not ("false" or "False");

    private string? Optional(TemplateValue? value) => value is null ? null : intrinsics.Evaluate(value) switch
    {
        TemplateText text => text.Text,
        { } structured => TemplateJson.ToJson(structured)!.ToJsonString(),
        null => null,
    };

    private JsonObject Pattern(TemplateValue? pattern, TemplateMap? entry, ResourceReader? resource = null) =>
        pattern is not null && intrinsics.Evaluate(pattern) is TemplateMap map && TemplateJson.ToJson(map) is JsonObject json ? json
        : throw new TemplateRefusedException($"Found no event pattern in {entry?.Where ?? resource!.Where}.", "Give the rule a pattern.");
}
