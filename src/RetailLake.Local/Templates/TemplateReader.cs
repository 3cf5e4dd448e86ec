namespace RetailLake.Local.Templates;

/// <summary>
/// Reads template.yaml the way <c>sam deploy</c> would, for what can run here: functions, state machines, nested stacks, schedules, rules.
/// Roles, keys, buckets, alarms, log groups and other things of AWS are read over.
/// </summary>
/// <param name="hostEnvironment">Variables that the host sets itself; their values in the template are not evaluated.</param>
public sealed class TemplateReader(IReadOnlySet<string> hostEnvironment)
{
    private readonly List<LocalFunction> functions = [];
    private readonly List<LocalStateMachine> stateMachines = [];
    private readonly List<LocalSchedule> schedules = [];
    private readonly List<LocalRule> rules = [];
    private readonly List<string> notRun = [];
    private readonly MessagingReader messaging = new();

    private LocalApplication Result => new(functions, stateMachines, schedules, rules, notRun)
    {
        Notifications = messaging.Notifications(notRun),
        QueueReaders = messaging.QueueReaders(),
        TopicMappings = messaging.TopicMappings,
    };

    /// <param name="arguments">Parameters of the stack; the others have their defaults.</param>
    public static LocalApplication Read(string path, IReadOnlySet<string> hostEnvironment, IReadOnlyDictionary<string, string>? arguments = null)
    {
        var reader = new TemplateReader(hostEnvironment);
        reader.ReadStack(path, "local", null, Arguments(arguments ?? new Dictionary<string, string>(), path));
        return reader.Result;
    }

    /// <summary>Reads one stack by itself, with arguments of the caller's.</summary>
    public static LocalApplication ReadStack(string path, string stack, IReadOnlyDictionary<string, string> arguments)
    {
        var reader = new TemplateReader(new HashSet<string>());
        reader.ReadStack(path, stack, stack, Arguments(arguments, path));
        return reader.Result;
    }

    private static Dictionary<string, TemplateValue> Arguments(IReadOnlyDictionary<string, string> arguments, string path) => arguments.ToDictionary(
        pair => pair.Key, TemplateValue (pair) => new TemplateText(pair.Value, Quoted: true, path, 0), StringComparer.Ordinal);

    private StackScope ReadStack(string path, string name, string? prefix, IReadOnlyDictionary<string, TemplateValue> arguments)
    {
        var template = TemplateYaml.Load(path);
        var scope = new StackScope(name, template, arguments);
        var intrinsics = new Intrinsics(scope);
        var resources = Resources(template, intrinsics);

        // Names first: definitions, rules and nested stacks refer to functions that may stand below them.
        foreach (var resource in resources)
        {
            Declare(resource, scope, prefix);
        }

        var events = new EventReader(intrinsics, schedules, rules, messaging, notRun);
        foreach (var resource in resources)
        {
            Read(resource, path, prefix, scope, intrinsics, events);
        }

        return scope;
    }

    private static List<ResourceReader> Resources(TemplateMap template, Intrinsics intrinsics)
    {
        var globals = (template["Globals"] as TemplateMap)?["Function"] as TemplateMap;
        return [.. ResourceReader.Map(template["Resources"])
            .Select(pair => pair.Value is TemplateMap map
                ? new ResourceReader(pair.Key, map, map["Type"] is TemplateText { Text: "AWS::Serverless::Function" } ? globals : null, intrinsics)
                : throw new TemplateRefusedException($"Found no mapping for resource '{pair.Key}' in {pair.Value.Where}.", "Correct the template."))
            .Where(resource => resource.IsWanted)];
    }

    private static void Declare(ResourceReader resource, StackScope scope, string? prefix)
    {
        var arn = resource.Type switch
        {
            "AWS::Serverless::Function" => LocalArn.Function(FunctionName(resource, prefix)),
            "AWS::Serverless::StateMachine" or "AWS::StepFunctions::StateMachine" => LocalArn.StateMachine(MachineName(resource, prefix)),
            "AWS::SQS::Queue" => LocalArn.Queue(resource.Text("QueueName") ?? Prefixed(prefix, resource.LogicalId)),
            "AWS::SNS::Topic" => LocalArn.Topic(resource.Text("TopicName") ?? Prefixed(prefix, resource.LogicalId)),
            "AWS::Serverless::Application" or "AWS::CloudFormation::Stack" => "",
            _ => null,
        };
        if (arn is not null)
        {
            var name = arn[(arn.LastIndexOf(':') + 1)..];
            scope.References[resource.LogicalId] = arn.Length == 0
                ? new(resource.LogicalId, new Dictionary<string, string>())
                : new(IsReferredToByArn(arn) ? arn : name, new Dictionary<string, string> { ["Arn"] = arn, ["Name"] = name, ["QueueName"] = name, ["TopicArn"] = arn, ["TopicName"] = name });
        }
    }

    private void Read(ResourceReader resource, string path, string? prefix, StackScope scope, Intrinsics intrinsics, EventReader events)
    {
        switch (resource.Type)
        {
            case "AWS::Serverless::Function":
                functions.Add(FunctionReader.Read(resource, scope.References[resource.LogicalId], hostEnvironment, intrinsics));
                events.ReadEvents(resource, scope.References[resource.LogicalId].Attributes["Arn"]);
                break;
            case "AWS::Serverless::StateMachine" or "AWS::StepFunctions::StateMachine":
                stateMachines.Add(StateMachineReader.Read(resource, scope.References[resource.LogicalId], path, scope.Arguments, intrinsics));
                events.ReadEvents(resource, scope.References[resource.LogicalId].Attributes["Arn"]);
                break;
            case "AWS::Serverless::Application" or "AWS::CloudFormation::Stack":
                ReadNestedStack(resource, path, prefix, scope, intrinsics);
                break;
            case "AWS::Events::Rule":
                events.ReadRule(resource);
                break;
            case "AWS::Scheduler::Schedule":
                events.ReadSchedule(resource);
                break;
            case "AWS::SQS::Queue":
                messaging.ReadQueue(resource, scope.References[resource.LogicalId]);
                break;
            case "AWS::SNS::Subscription":
                messaging.ReadSubscription(resource);
                break;
            case "AWS::Lambda::EventSourceMapping":
                messaging.ReadMapping(resource, resource.RequiredText("FunctionName"), resource.Raw("EventSourceArn"), intrinsics, notRun);
                break;
            case "AWS::S3::Bucket":
                messaging.ReadBucket(resource, intrinsics);
                break;
            case "AWS::Lambda::Function":
                throw new TemplateRefusedException(
                    $"Found '{resource.LogicalId}' of type {resource.Type} in {resource.Where}; the local runner starts AWS::Serverless::Function only.", "Declare it as AWS::Serverless::Function.");
            default:
                break;
        }
    }

    private void ReadNestedStack(ResourceReader resource, string path, string? prefix, StackScope scope, Intrinsics intrinsics)
    {
        var location = resource.Text(resource.Type == "AWS::Serverless::Application" ? "Location" : "TemplateURL");
        if (location is null || location.Contains("://", StringComparison.Ordinal))
        {
            throw new TemplateRefusedException(
                $"Found no local template for the nested stack '{resource.LogicalId}' in {resource.Where}.", "Name a file beside this template.");
        }

        var arguments = resource.Map("Parameters").Select(pair => (pair.Key, Value: intrinsics.Evaluate(pair.Value)))
            .Where(pair => pair.Value is not null).ToDictionary(pair => pair.Key, pair => pair.Value!, StringComparer.Ordinal);
        var nested = ReadStack(Path.Combine(Path.GetDirectoryName(path)!, location), $"{scope.Name}-{resource.LogicalId}", Prefixed(prefix, resource.LogicalId), arguments);
        var outputs = new Intrinsics(nested);
        scope.References[resource.LogicalId] = new(resource.LogicalId, ResourceReader.Map(nested.Template["Outputs"]).ToDictionary(
            pair => $"Outputs.{pair.Key}", pair => pair.Value is TemplateMap map && map["Value"] is { } value ? outputs.Text(value) : "", StringComparer.Ordinal));
    }

    private static bool IsReferredToByArn(string arn) =>
        arn.Contains(":states:", StringComparison.Ordinal) || arn.Contains(":sns:", StringComparison.Ordinal);

    private static string FunctionName(ResourceReader resource, string? prefix) => resource.Text("FunctionName") ?? Prefixed(prefix, resource.LogicalId);

    private static string MachineName(ResourceReader resource, string? prefix) =>
        resource.Text("Name") ?? resource.Text("StateMachineName") ?? Prefixed(prefix, resource.LogicalId);

    private static string Prefixed(string? prefix, string logicalId) => prefix is null ? logicalId : $"{prefix}-{logicalId}";
}
