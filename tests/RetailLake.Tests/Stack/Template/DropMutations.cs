using System.Text.Json.Nodes;

namespace RetailLake.Tests.Stack.Template;

internal static class DropMutations
{
    public static IReadOnlyList<Mutation> All { get; } =
    [
        new("OnlyDropsNotify", "another prefix", files => DropRules.Topics(files)[0]!["Filter"]!["S3Key"]!["Rules"]![0]!["Value"] = "landing/"),
        new("OnlyDropsNotify", "no filter", files => DropRules.Topics(files)[0]!.AsObject().Remove("Filter")),
        new("OnlyDropsNotify", "deletions", files => DropRules.Topics(files)[0]!["Event"] = "s3:ObjectRemoved:*"),
        new("OnlyDropsNotify", "a function beside the topic", files => Properties(files, "LakeBucket")["NotificationConfiguration"]!["LambdaConfigurations"] = new JsonArray()),
        new("OnlyDropsNotify", "none", files => Properties(files, "LakeBucket").Remove("NotificationConfiguration")),
        new("BucketComesAfterTheTopicsPolicy", "no order", files => files.Resource("LakeBucket").Remove("DependsOn")),
        new("BucketComesAfterTheTopicsPolicy", "a circle", files => Allow(files, "DropTopicPolicy")["Condition"]!["ArnEquals"]!["aws:SourceArn"] = GetAtt("LakeBucket.Arn")),
        new("OnlyTheLakesBucketPublishes", "any bucket", files => Allow(files, "DropTopicPolicy")["Condition"]!.AsObject().Remove("ArnEquals")),
        new("OnlyTheLakesBucketPublishes", "any account", files => Allow(files, "DropTopicPolicy")["Condition"]!.AsObject().Remove("StringEquals")),
        new("OnlyTheLakesBucketPublishes", "anybody", files => Allow(files, "DropTopicPolicy")["Principal"] = "*"),
        new("OnlyTheLakesBucketPublishes", "bucket renamed", files => Properties(files, "LakeBucket")["BucketName"]!["Fn::Sub"] = "${SecretPrefix}-objects"),
        new("OnlyTheTopicSendsToTheDropQueues", "any topic", files => Allow(files, "DropQueuesPolicy").Remove("Condition")),
        new("OnlyTheTopicSendsToTheDropQueues", "everything", files => Allow(files, "DropQueuesPolicy")["Action"] = "sqs:*"),
        new("TopicsAndQueuesAreEncrypted", "a topic in the clear", files => Properties(files, "DropTopic").Remove("KmsMasterKeyId")),
        new("TopicsAndQueuesAreEncrypted", "a queue with SQS's own key", files => Properties(files, "DropDeadLetters")["KmsMasterKeyId"] = "alias/aws/sqs"),
        new("KeyServesTheChain", "S3 left out", files => Services(files).RemoveAt(0)),
        new("KeyServesTheChain", "no data keys", files => files.Resource("LakeKey")["Properties"]!["KeyPolicy"]!["Statement"]![1]!["Action"] = new JsonArray("kms:Decrypt")),
        new("EveryTopicAndQueueIsTlsOnly", "topic's denial gone", files => DropRules.StatementArray(files, "DropTopicPolicy").RemoveAt(1)),
        new("EveryTopicAndQueueIsTlsOnly", "queue's denial gone", files => DropRules.StatementArray(files, "DropQueuesPolicy").RemoveAt(1)),
        new("EveryTopicAndQueueIsTlsOnly", "one queue forgotten", files => DropRules.StatementArray(files, "DropQueuesPolicy")[1]!["Resource"] = GetAtt("DropQueue.Arn")),
        new("EveryTopicAndQueueIsTlsOnly", "turned round", files => DropRules.StatementArray(files, "WakeFeedDeadLettersPolicy")[1]!["Condition"]!["Bool"]!["aws:SecureTransport"] = "true"),
        new("DropQueueHasDeadLetters", "none", files => Properties(files, "DropQueue").Remove("RedrivePolicy")),
        new("DropQueueHasDeadLetters", "after one failure", files => Properties(files, "DropQueue")["RedrivePolicy"]!["maxReceiveCount"] = 1),
        new("DropQueueHasDeadLetters", "subscription without", files => Properties(files, "DropSubscription").Remove("RedrivePolicy")),
        new("DropQueueIsPatient", "default visibility", files => Properties(files, "DropQueue").Remove("VisibilityTimeout")),
        new("DropQueueIsPatient", "four days", files => Properties(files, "DropQueue")["MessageRetentionPeriod"] = 345_600),
        new("DispatchDropReportsItems", "whole batches", files => Properties(files, "DropQueueMapping").Remove("FunctionResponseTypes")),
        new("DispatchDropReportsItems", "one by one", files => Properties(files, "DropQueueMapping").Remove("MaximumBatchingWindowInSeconds")),
        new("DispatchDropReportsItems", "the dead letters", files => Properties(files, "DropQueueMapping")["EventSourceArn"] = GetAtt("DropDeadLetters.Arn")),
        new("DeadLettersAndAgeRaiseAlarms", "no alarm on depth", files => files.Template["Resources"]!.AsObject().Remove("DropDeadLettersAlarm")),
        new("DeadLettersAndAgeRaiseAlarms", "no alarm on age", files => files.Template["Resources"]!.AsObject().Remove("DropQueueAgeAlarm")),
        new("DeadLettersAndAgeRaiseAlarms", "told to nobody", files => Properties(files, "WakeFeedDeadLettersAlarm")["AlarmActions"] = new JsonArray()),
        new("QueueReaderMayReadItsQueueOnly", "any queue", files => Statement(files, "DispatchDropFunction", "OwnQueue")["Resource"] = "*"),
        new("QueueReaderMayReadItsQueueOnly", "an SQS event", files => Properties(files, "DispatchDropFunction")["Events"] = new JsonObject()),
        new("ChainIsGrantedNoWildcards", "any action", files => Statement(files, "DispatchDropFunction", "Uploads")["Action"] = "s3:*"),
        new("ChainIsGrantedNoWildcards", "any machine", files => Statement(files, "StartIngestFunction", "StartSources")["Resource"] = "*"),
        new("OnlySuccessWakes", "failures too", files => WakeRule(files)["Pattern"]!["detail"]!["status"]!.AsArray().Add("FAILED")),
        new("OnlySuccessWakes", "no dead letters", files => WakeRule(files).Remove("DeadLetterConfig")),
        new("ReadersHaveRoomForArchives", "default room", files => Properties(files, "ValidateSliceFunction").Remove("EphemeralStorage")),
        new("ReadersHaveRoomForArchives", "less room", files => Properties(files, "LandSliceFunction")["EphemeralStorage"]!["Size"] = 2048),
        new("UploadsDoNotExpire", "after a month", files => Lifecycle(files, "drops-are-taken-in")["ExpirationInDays"] = 30),
        new("UploadsDoNotExpire", "everything after a year", files => Lifecycle(files, "abort-incomplete-uploads")["ExpirationInDays"] = 365),
    ];

    private static JsonObject Properties(StackFiles files, string resource) => files.Resource(resource)["Properties"]!.AsObject();

    private static JsonObject Allow(StackFiles files, string policy) => DropRules.StatementArray(files, policy)[0]!.AsObject();

    private static JsonArray Services(StackFiles files) => files.Resource("LakeKey")["Properties"]!["KeyPolicy"]!["Statement"]![1]!["Principal"]!["Service"]!.AsArray();

    private static JsonObject Statement(StackFiles files, string function, string sid) => Properties(files, function)["Policies"]![0]!["Statement"]!
        .AsArray().Single(statement => (string?)statement!["Sid"] == sid)!.AsObject();

    private static JsonObject WakeRule(StackFiles files) => Properties(files, "WakeFeedFunction")["Events"]!["ExecutionSucceeded"]!["Properties"]!.AsObject();

    private static JsonObject Lifecycle(StackFiles files, string id) => Properties(files, "LakeBucket")["LifecycleConfiguration"]!["Rules"]!.AsArray().Single(rule => (string?)rule!["Id"] == id)!.AsObject();

    private static JsonObject GetAtt(string attribute) => new() { ["Fn::GetAtt"] = attribute };
}
