using System.Text.Json.Nodes;

namespace RetailLake.Tests.Stack.Expansion;

/// <summary>
/// The root and the nested templates after the SAM transform, in what the rules look at: functions with Globals, a role for each function with its inline
/// policies and the managed ones SAM adds, rules and permissions of events, state machines. <see cref="SamTranslatorTests"/> holds it against the real one.
/// </summary>
internal static class StackExpansion
{
    private const string Managed = "arn:${AWS::Partition}:iam::aws:policy/";

    public static IReadOnlyList<ExpandedResource> Of(StackFiles files) => [.. StackFiles.Templates.SelectMany(file => OfTemplate(file, files[file]))];

    private static IEnumerable<ExpandedResource> OfTemplate(string file, JsonObject template) => template["Resources"]!.AsObject().SelectMany(resource =>
        (string?)resource.Value!["Type"] switch
        {
            "AWS::Serverless::Function" => Function(file, resource.Key, resource.Value.AsObject(), template["Globals"]?["Function"] as JsonObject ?? []),
            "AWS::Serverless::StateMachine" => [StateMachine(file, resource.Key, resource.Value.AsObject())],
            "AWS::Serverless::Application" => [new(file, resource.Key, With(resource.Value.AsObject(), "AWS::CloudFormation::Stack", resource.Value["Properties"]!.DeepClone().AsObject()))],
            _ => new ExpandedResource[] { new(file, resource.Key, resource.Value.AsObject()) },
        });

    private static IEnumerable<ExpandedResource> Function(string file, string name, JsonObject resource, JsonObject globals)
    {
        var all = Merge(globals, resource["Properties"]!.AsObject());
        var properties = all.DeepClone().AsObject();
        foreach (var ofSam in new[] { "CodeUri", "Policies", "Events", "AssumeRolePolicyDocument", "Tracing", "DeadLetterQueue" })
        {
            properties.Remove(ofSam);
        }

        properties["Role"] ??= new JsonObject { ["Fn::GetAtt"] = $"{name}Role.Arn" };
        properties["TracingConfig"] = all["Tracing"] is { } tracing ? new JsonObject { ["Mode"] = tracing.DeepClone() } : null;
        properties["DeadLetterConfig"] = all["DeadLetterQueue"] is JsonObject queue ? new JsonObject { ["TargetArn"] = queue["TargetArn"]!.DeepClone() } : null;
        yield return new(file, name, With(resource, "AWS::Lambda::Function", properties));
        if (all["Role"] is null)
        {
            yield return new(file, $"{name}Role", With(resource, "AWS::IAM::Role", Role(all)));
        }

        foreach (var (id, value) in all["Events"] as JsonObject ?? [])
        {
            foreach (var part in Event(file, name, id, resource, value!.AsObject()))
            {
                yield return part;
            }
        }
    }

    private static JsonObject Role(JsonObject function)
    {
        var documents = (function["Policies"] as JsonArray ?? []).Select(policy => policy!.DeepClone()).ToList();
        if (function["DeadLetterQueue"]?["TargetArn"] is { } queue)
        {
            documents.Add(new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray(new JsonObject { ["Effect"] = "Allow", ["Action"] = "sqs:SendMessage", ["Resource"] = queue.DeepClone() }) });
        }

        List<string> managed = ["service-role/AWSLambdaBasicExecutionRole"];
        if (function["VpcConfig"] is not null)
        {
            managed.Add("service-role/AWSLambdaVPCAccessExecutionRole");
        }

        if ((string?)function["Tracing"] == "Active")
        {
            managed.Add("AWSXrayWriteOnlyAccess");
        }

        // A managed policy among a function's Policies stands there as its name or ARN.
        managed.AddRange(documents.OfType<JsonValue>().Select(value => (string)value!));
        return new()
        {
            ["AssumeRolePolicyDocument"] = function["AssumeRolePolicyDocument"]?.DeepClone(),
            ["ManagedPolicyArns"] = new JsonArray([.. managed.Select(arn => JsonValue.Create(arn.StartsWith("arn:", StringComparison.Ordinal) ? arn : Managed + arn))]),
            ["Policies"] = new JsonArray([.. documents.OfType<JsonObject>().Select((document, index) => new JsonObject { ["PolicyName"] = $"Policy{index}", ["PolicyDocument"] = document })]),
        };
    }

    private static IEnumerable<ExpandedResource> Event(string file, string function, string id, JsonObject resource, JsonObject value)
    {
        if ((string?)value["Type"] != "EventBridgeRule")
        {
            throw new NotSupportedException($"Found the event '{id}' of type {value["Type"]}; this expansion knows EventBridgeRule.");
        }

        var rule = $"{function}{id}";
        var target = new JsonObject { ["Arn"] = new JsonObject { ["Fn::GetAtt"] = $"{function}.Arn" } };
        foreach (var part in new[] { "RetryPolicy", "DeadLetterConfig", "Input" })
        {
            target[part] = value["Properties"]![part]?.DeepClone();
        }

        yield return new(file, rule, With(resource, "AWS::Events::Rule", new() { ["EventPattern"] = value["Properties"]!["Pattern"]!.DeepClone(), ["Targets"] = new JsonArray(target) }));
        yield return new(file, $"{rule}Permission", With(resource, "AWS::Lambda::Permission", new()
        {
            ["Action"] = "lambda:InvokeFunction",
            ["FunctionName"] = new JsonObject { ["Ref"] = function },
            ["Principal"] = "events.amazonaws.com",
            ["SourceArn"] = new JsonObject { ["Fn::GetAtt"] = $"{rule}.Arn" },
        }));
    }

    private static ExpandedResource StateMachine(string file, string name, JsonObject resource)
    {
        var properties = resource["Properties"]!.DeepClone().AsObject();
        foreach (var (sam, cloudFormation) in new[] { ("Name", "StateMachineName"), ("Type", "StateMachineType"), ("Role", "RoleArn"), ("Logging", "LoggingConfiguration"), ("Tracing", "TracingConfiguration") })
        {
            var value = properties[sam]?.DeepClone();
            properties.Remove(sam);
            properties[cloudFormation] = value;
        }

        return new(file, name, With(resource, "AWS::StepFunctions::StateMachine", properties));
    }

    /// <summary>As SAM merges Globals: maps member by member, lists end to end, else the function's own.</summary>
    private static JsonObject Merge(JsonObject globals, JsonObject own)
    {
        var merged = globals.DeepClone().AsObject();
        foreach (var (name, value) in own)
        {
            merged[name] = (merged[name], value) switch
            {
                (JsonObject below, JsonObject above) when !IsIntrinsic(below) && !IsIntrinsic(above) => Merge(below, above),
                (JsonArray below, JsonArray above) => new JsonArray([.. below.Concat(above).Select(item => item!.DeepClone())]),
                _ => value?.DeepClone(),
            };
        }

        return merged;
    }

    private static bool IsIntrinsic(JsonObject node) => node.Count == 1 && (node.First().Key == "Ref" || node.First().Key.StartsWith("Fn::", StringComparison.Ordinal));

    private static JsonObject With(JsonObject resource, string type, JsonObject properties)
    {
        var other = resource.DeepClone().AsObject();
        (other["Type"], other["Properties"]) = (type, properties);
        return other;
    }
}
