using System.Globalization;
using System.Text.Json.Nodes;

namespace RetailLake.Tests.Stack.Template;

/// <summary>Bucket → topic → queue → DispatchDrop, with dead letters, encrypted, and open to nobody else.</summary>
internal static class DropRules
{
    public static IReadOnlyList<StackRule> All { get; } =
    [
        new("OnlyDropsNotify", files =>
            Entries(files.Resource("LakeBucket")["Properties"]!["NotificationConfiguration"]).Select(entry => entry.Key).Except(["TopicConfigurations"])
                .Concat(Topics(files) is [var only]
                    && (string?)only!["Event"] == "s3:ObjectCreated:*" && (string?)only["Topic"]?["Ref"] == "DropTopic"
                    && only["Filter"]?["S3Key"]?["Rules"] is JsonArray { Count: 1 } rules && (string?)rules[0]!["Name"] == "prefix" && (string?)rules[0]!["Value"] == "drops/"
                    ? []
                    : ["LakeBucket does not tell new objects under drops/, and only these, to DropTopic"])),

        // S3 asks the topic's policy when the bucket is made; the policy names the bucket without referring to it.
        new("BucketComesAfterTheTopicsPolicy", files =>
            (string?)files.Resource("LakeBucket")["DependsOn"] == "DropTopicPolicy" && !files.Resource("DropTopicPolicy").ToJsonString().Contains("LakeBucket.", StringComparison.Ordinal)
                && !files.Resource("DropTopicPolicy").ToJsonString().Contains("\"Ref\":\"LakeBucket\"", StringComparison.Ordinal)
                ? []
                : ["LakeBucket and DropTopicPolicy wait for each other, or the bucket for none"]),

        new("OnlyTheLakesBucketPublishes", files =>
            from statement in Statements(files, "DropTopicPolicy")
            where (string?)statement["Effect"] == "Allow"
            let bucket = (string?)statement["Condition"]?["ArnEquals"]?["aws:SourceArn"]?["Fn::Sub"]
            where Text(statement["Principal"], "Service") != "s3.amazonaws.com" || (string?)statement["Action"] != "sns:Publish"
                || bucket != $"arn:${{AWS::Partition}}:s3:::{(string?)files.Resource("LakeBucket")["Properties"]!["BucketName"]?["Fn::Sub"]}"
                || (string?)statement["Condition"]?["StringEquals"]?["aws:SourceAccount"]?["Ref"] != "AWS::AccountId"
            select $"DropTopic may be published to by {statement["Principal"]?.ToJsonString()} of {bucket}"),

        new("OnlyTheTopicSendsToTheDropQueues", files =>
            from statement in Statements(files, "DropQueuesPolicy")
            where (string?)statement["Effect"] == "Allow"
                && (Text(statement["Principal"], "Service") != "sns.amazonaws.com" || (string?)statement["Action"] != "sqs:SendMessage"
                    || (string?)statement["Condition"]?["ArnEquals"]?["aws:SourceArn"]?["Ref"] != "DropTopic")
            select $"DropQueue takes messages of {statement["Principal"]?.ToJsonString()}"),

        new("TopicsAndQueuesAreEncrypted", files =>
            from resource in files.Resources("AWS::SNS::Topic").Concat(files.Resources("AWS::SQS::Queue"))
            where Text(resource.Properties["KmsMasterKeyId"], "Ref") != "LakeKey"
            select $"'{resource.Name}' is not encrypted with LakeKey"),

        // Without these S3 cannot publish to an encrypted topic, nor SNS send to an encrypted queue: nothing would arrive, and nothing would say so.
        new("KeyServesTheChain", files =>
            from service in new[] { "s3.amazonaws.com", "sns.amazonaws.com", "sqs.amazonaws.com", "events.amazonaws.com" }
            where !files.Resource("LakeKey")["Properties"]!["KeyPolicy"]!["Statement"]!.AsArray().Any(statement =>
                statement!["Principal"]?["Service"] is JsonArray services && services.Any(granted => (string?)granted == service)
                && statement["Action"] is JsonArray actions && actions.Any(action => (string?)action == "kms:GenerateDataKey") && actions.Any(action => (string?)action == "kms:Decrypt"))
            select $"LakeKey does not serve '{service}'"),

        new("EveryTopicAndQueueIsTlsOnly", files =>
            from name in files.Resources("AWS::SNS::Topic").Concat(files.Resources("AWS::SQS::Queue")).Select(resource => resource.Name)
            where !Policies(files).Any(policy => Mentions(policy["Properties"]!["Topics"] ?? policy["Properties"]!["Queues"], name)
                && policy["Properties"]!["PolicyDocument"]!["Statement"]!.AsArray().Any(statement => (string?)statement!["Effect"] == "Deny"
                    && statement["Principal"]?.ToJsonString() == "\"*\"" && Mentions(statement["Resource"], name) && (string?)statement["Condition"]?["Bool"]?["aws:SecureTransport"] == "false"))
            select $"'{name}' takes requests without TLS"),

        new("DropQueueHasDeadLetters", files =>
            (Dead(files.Resource("DropQueue"), "deadLetterTargetArn"), Dead(files.Resource("DropSubscription"), "deadLetterTargetArn")) == ("DropDeadLetters.Arn", "DropDeadLetters.Arn")
                && Number(files.Resource("DropQueue")["Properties"]!["RedrivePolicy"]?["maxReceiveCount"]) >= 5
                ? []
                : ["DropQueue or its subscription loses what cannot be delivered"]),

        // AWS: less lets the queue give a message to a second reader while the first still works on it.
        new("DropQueueIsPatient", files =>
            Number(files.Resource("DropQueue")["Properties"]!["VisibilityTimeout"]) >= 6 * Number(files.Resource("DispatchDropFunction")["Properties"]!["Timeout"])
                && Number(files.Resource("DropQueue")["Properties"]!["MessageRetentionPeriod"]) == 1_209_600
                ? []
                : ["DropQueue's visibility timeout is under six times DispatchDrop's time limit, or it keeps messages for less than 14 days"]),

        new("DispatchDropReportsItems", files =>
        {
            var mapping = files.Resource("DropQueueMapping")["Properties"]!;
            return (string?)mapping["FunctionName"]?["Fn::GetAtt"] == "DispatchDropFunction.Arn" && (string?)mapping["EventSourceArn"]?["Fn::GetAtt"] == "DropQueue.Arn"
                && mapping["FunctionResponseTypes"] is JsonArray types && types.Any(type => (string?)type == "ReportBatchItemFailures")
                && Number(mapping["MaximumBatchingWindowInSeconds"]) > 0
                ? []
                : ["DropQueueMapping does not give DropQueue's batches to DispatchDrop, message by message"];
        }),

        new("DeadLettersAndAgeRaiseAlarms", files =>
            from wanted in new[] { ("DropDeadLetters", "ApproximateNumberOfMessagesVisible"), ("WakeFeedDeadLetters", "ApproximateNumberOfMessagesVisible"), ("DropQueue", "ApproximateAgeOfOldestMessage") }
            where !files.Resources("AWS::CloudWatch::Alarm").Any(alarm => (string?)alarm.Properties["MetricName"] == wanted.Item2
                && (string?)alarm.Properties["Dimensions"]?[0]?["Value"]?["Fn::GetAtt"] == $"{wanted.Item1}.QueueName" && alarm.Properties["AlarmActions"] is JsonArray { Count: > 0 })
            select $"{wanted.Item2} of '{wanted.Item1}' raises no alarm"),

        new("QueueReaderMayReadItsQueueOnly", files =>
            files.Resource("DispatchDropFunction")["Properties"]!["Policies"]!.ToJsonString() is var policies && policies.Contains("\"sqs:ReceiveMessage\"", StringComparison.Ordinal)
                && FunctionStatements(files, "DispatchDropFunction").Where(statement => statement["Action"]!.ToJsonString().Contains("sqs:", StringComparison.Ordinal))
                    .All(statement => Text(statement["Resource"], "Fn::GetAtt") == "DropQueue.Arn")
                && files.Resource("DispatchDropFunction")["Properties"]!["Events"] is null
                ? []
                : ["DispatchDrop may not read DropQueue, or more than it: an SQS event would bring a managed policy for every queue"]),

        new("ChainIsGrantedNoWildcards", files =>
            from function in new[] { "DispatchDropFunction", "StartIngestFunction" }
            from statement in FunctionStatements(files, function)
            where statement["Resource"]?.ToJsonString() == "\"*\"" || statement["Action"]!.ToJsonString().Contains('*', StringComparison.Ordinal)
            select $"'{function}' is granted {statement.ToJsonString()}"),

        new("OnlySuccessWakes", files =>
        {
            var pattern = files.Resource("WakeFeedFunction")["Properties"]!["Events"]!["ExecutionSucceeded"]!["Properties"]!["Pattern"]!;
            return pattern["detail"]!["status"]!.ToJsonString() == """["SUCCEEDED"]""" && (string?)pattern["source"]![0] == "aws.states"
                && (string?)files.Resource("WakeFeedFunction")["Properties"]!["Events"]!["ExecutionSucceeded"]!["Properties"]!["DeadLetterConfig"]?["Arn"]?["Fn::GetAtt"] == "WakeFeedDeadLetters.Arn"
                ? []
                : ["WakeFeed would restart what failed, or loses a wake-up"];
        }),

        // 512 MB unless stated: an archive that does not fit is refused.
        new("ReadersHaveRoomForArchives", files =>
            from function in new[] { "LandSliceFunction", "ValidateSliceFunction", "TransformSliceFunction" }
            where Number(files.Resource(function)["Properties"]!["EphemeralStorage"]?["Size"]) != 10_240
            select $"'{function}' has not all the room for temporary files that Lambda gives"),

        // Age must never delete a file that nobody has taken in.
        new("UploadsDoNotExpire", files =>
            from rule in files.Resource("LakeBucket")["Properties"]!["LifecycleConfiguration"]!["Rules"]!.AsArray()
            where (rule!["Prefix"] is null || "drops/".StartsWith((string)rule["Prefix"]!, StringComparison.Ordinal)) && rule["ExpirationInDays"] is not null
            select $"'{rule["Id"]}' deletes uploads by their age"),
    ];

    public static JsonArray Topics(StackFiles files) => files.Resource("LakeBucket")["Properties"]!["NotificationConfiguration"]?["TopicConfigurations"] as JsonArray ?? [];

    public static JsonArray StatementArray(StackFiles files, string policy) => files.Resource(policy)["Properties"]!["PolicyDocument"]!["Statement"]!.AsArray();

    private static IEnumerable<JsonObject> Statements(StackFiles files, string policy) => StatementArray(files, policy).Select(statement => statement!.AsObject());

    private static IEnumerable<JsonObject> FunctionStatements(StackFiles files, string function) =>
        files.Resource(function)["Properties"]!["Policies"]![0]!["Statement"]!.AsArray().Select(statement => statement!.AsObject());

    private static IEnumerable<JsonObject> Policies(StackFiles files) => files.Template["Resources"]!.AsObject()
        .Where(resource => (string?)resource.Value!["Type"] is "AWS::SNS::TopicPolicy" or "AWS::SQS::QueuePolicy").Select(resource => resource.Value!.AsObject());

    private static bool Mentions(JsonNode? node, string name) => node?.ToJsonString() is { } text
        && (text.Contains($"\"Ref\":\"{name}\"", StringComparison.Ordinal) || text.Contains($"\"Fn::GetAtt\":\"{name}.Arn\"", StringComparison.Ordinal));

    private static string? Dead(JsonObject resource, string member) => (string?)resource["Properties"]!["RedrivePolicy"]?[member]?["Fn::GetAtt"];

    /// <summary>Of what may be a plain text where a mapping was.</summary>
    private static string? Text(JsonNode? node, string member) => (string?)(node as JsonObject)?[member];

    private static JsonObject Entries(JsonNode? node) => node as JsonObject ?? [];

    private static int Number(JsonNode? node) => int.TryParse(node?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
