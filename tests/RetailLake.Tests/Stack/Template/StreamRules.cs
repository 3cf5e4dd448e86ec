using System.Text.Json.Nodes;

namespace RetailLake.Tests.Stack.Template;

/// <summary>Topic → mapping → LandPosEvents: nothing is given up, and a stack without Kafka is a stack.</summary>
internal static class StreamRules
{
    public static IReadOnlyList<StackRule> All { get; } =
    [
        new("LandPosEventsReportsPartitions", files =>
        {
            var mapping = Mapping(files);
            return (string?)mapping["FunctionName"]?["Fn::GetAtt"] == "LandPosEventsFunction.Arn" && mapping["FunctionResponseTypes"] is JsonArray types
                && types.Any(type => (string?)type == "ReportBatchItemFailures") && mapping["ProvisionedPollerConfig"] is JsonObject
                ? []
                : ["PosTopicMapping does not give batches to LandPosEvents, partition by partition; partial answers need provisioned pollers"];
        }),

        new("NoRecordOfATopicIsGivenUp", files =>
        {
            var mapping = Mapping(files);
            return (string?)mapping["DestinationConfig"]?["OnFailure"]?["Destination"]?["Fn::GetAtt"] == "LakeBucket.Arn" && mapping["FilterCriteria"] is null
                && mapping["MaximumRetryAttempts"]?.ToString() == "10000" && mapping["BisectBatchOnFunctionError"]?.ToString() == "true" && mapping["MaximumRecordAgeInSeconds"] is null && (string?)mapping["StartingPosition"] == "TRIM_HORIZON"
                ? []
                : ["PosTopicMapping leaves records out, or what fails for good is not kept whole (queues get metadata only)"];
        }),

        new("StackDeploysWithoutKafka", files =>
            from resource in files.Template["Resources"]!.AsObject()
            where (((string?)resource.Value!["Type"] == "AWS::Lambda::EventSourceMapping" && resource.Value["Properties"]!["Topics"] is not null) || IsOnCadence(resource.Value))
                && ((string?)resource.Value["Condition"] != "HasKafka" || (string?)files.Template["Parameters"]!["KafkaClusterArn"]?["Default"] != "")
            select $"'{resource.Key}' asks for a cluster that need not be there"),

        // Statements about the cluster stand under the condition; without it their resource would be no ARN.
        new("LandPosEventsMayPutSegmentsOnly", files =>
            from statement in Statements(files)
            let conditional = statement["Fn::If"] is JsonArray
            let one = (conditional ? statement["Fn::If"]![1]! : statement).AsObject()
            let text = one.ToJsonString()
            where one["Action"]!.ToJsonString().Contains('*', StringComparison.Ordinal) || text.Contains("s3:DeleteObject", StringComparison.Ordinal)
                || (text.Contains("s3:PutObject", StringComparison.Ordinal) && !text.Contains("/landing/*/topic=*", StringComparison.Ordinal) && !text.Contains("/aws/lambda/*", StringComparison.Ordinal))
                || (one["Resource"]?.ToJsonString() == "\"*\"" && (one["Action"] is not JsonArray actions || !actions.All(action => ((string)action!).StartsWith("ec2:Describe", StringComparison.Ordinal))))
                || (!conditional && text.Contains("KafkaClusterArn", StringComparison.Ordinal))
            select $"LandPosEvents is granted {text}"),

        new("PartitionThatComesAgainRaisesAnAlarm", files =>
        {
            var filter = files.Resource("PartitionNotLandedFilter")["Properties"]!;
            var code = Repository.Read("src", "RetailLake.Functions", "LandPosEventsFunction.cs");
            return ((string?)filter["FilterPattern"])?.Trim('"') is { Length: > 0 } pattern && code.Split("log.LogError(").Skip(1).All(call => call.Split('\n')[0].Contains(pattern, StringComparison.Ordinal))
                && files.Resources("AWS::CloudWatch::Alarm").Any(alarm => (string?)alarm.Properties["MetricName"] == (string?)filter["MetricTransformations"]![0]!["MetricName"] && alarm.Properties["AlarmActions"] is JsonArray { Count: > 0 })
                ? []
                : ["an error that LandPosEvents logs raises no alarm"];
        }),
    ];

    public static JsonObject Mapping(StackFiles files) => files.Resource("PosTopicMapping")["Properties"]!.AsObject();

    public static IEnumerable<JsonObject> Statements(StackFiles files) =>
        files.Resource("LandPosEventsFunction")["Properties"]!["Policies"]![0]!["Statement"]!.AsArray().Select(statement => statement!.AsObject());

    /// <summary>Without a topic there is nothing to load, and each plan would wake the warehouse to say so.</summary>
    private static bool IsOnCadence(JsonNode resource) => (string?)(resource["Properties"]?["Parameters"]?["ScheduleExpression"] as JsonObject)?["Ref"] == "PosCadence";
}

internal static class StreamMutations
{
    public static IReadOnlyList<Mutation> All { get; } =
    [
        new("LandPosEventsReportsPartitions", "whole batches", files => StreamRules.Mapping(files).Remove("FunctionResponseTypes")),
        new("LandPosEventsReportsPartitions", "no pollers of its own", files => StreamRules.Mapping(files).Remove("ProvisionedPollerConfig")),
        new("LandPosEventsReportsPartitions", "another function", files => StreamRules.Mapping(files)["FunctionName"]!["Fn::GetAtt"] = "DispatchDropFunction.Arn"),
        new("NoRecordOfATopicIsGivenUp", "metadata only", files => StreamRules.Mapping(files)["DestinationConfig"]!["OnFailure"]!["Destination"]!["Fn::GetAtt"] = "DropDeadLetters.Arn"),
        new("NoRecordOfATopicIsGivenUp", "nowhere", files => StreamRules.Mapping(files).Remove("DestinationConfig")),
        new("NoRecordOfATopicIsGivenUp", "the newest only", files => StreamRules.Mapping(files)["StartingPosition"] = "LATEST"),
        new("NoRecordOfATopicIsGivenUp", "by age", files => StreamRules.Mapping(files)["MaximumRecordAgeInSeconds"] = 3_600),
        new("NoRecordOfATopicIsGivenUp", "after ten attempts", files => StreamRules.Mapping(files).Remove("MaximumRetryAttempts")),
        new("NoRecordOfATopicIsGivenUp", "with its neighbours", files => StreamRules.Mapping(files).Remove("BisectBatchOnFunctionError")),
        new("NoRecordOfATopicIsGivenUp", "filtered", files => StreamRules.Mapping(files)["FilterCriteria"] = new JsonObject()),
        new("StackDeploysWithoutKafka", "always", files => files.Resource("PosTopicMapping").Remove("Condition")),
        new("StackDeploysWithoutKafka", "loads of no topic", files => files.Resource("PosIngest").Remove("Condition")),
        new("StackDeploysWithoutKafka", "a cluster by default", files => files.Template["Parameters"]!["KafkaClusterArn"]!["Default"] = "arn:aws:kafka:x"),
        new("LandPosEventsMayPutSegmentsOnly", "all of landing", files => Statement(files, "Segments")["Resource"]![0]!["Fn::Sub"] = "${LakeBucket.Arn}/landing/*"),
        new("LandPosEventsMayPutSegmentsOnly", "deleting", files => Statement(files, "Segments")["Action"]!.AsArray().Add("s3:DeleteObject")),
        new("LandPosEventsMayPutSegmentsOnly", "any key", files => Statement(files, "LakeKey")["Action"] = new JsonArray("kms:*")),
        new("LandPosEventsMayPutSegmentsOnly", "any bucket", files => Statement(files, "ListSegments")["Resource"] = "*"),
        new("LandPosEventsMayPutSegmentsOnly", "a cluster that is not there", files => files.Resource("LandPosEventsFunction")["Properties"]!["Policies"]![0]!["Statement"]!.AsArray()
            .Add(StreamRules.Statements(files).First(statement => statement["Fn::If"] is not null)["Fn::If"]![1]!.DeepClone())),
        new("PartitionThatComesAgainRaisesAnAlarm", "other words", files => files.Resource("PartitionNotLandedFilter")["Properties"]!["FilterPattern"] = "\"was not landed\""),
        new("PartitionThatComesAgainRaisesAnAlarm", "no alarm", files => files.Template["Resources"]!.AsObject().Remove("PartitionNotLandedAlarm")),
    ];

    private static JsonObject Statement(StackFiles files, string sid) => StreamRules.Statements(files).Single(statement => (string?)statement["Sid"] == sid);
}
