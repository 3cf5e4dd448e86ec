namespace RetailLake.Tests.Stack.Iam;

/// <summary>What one function's role allows and the recorded day does not ask for.</summary>
/// <param name="On">How the grant's resource ends, or its prefix where it is about a listing; empty for the whole statement.</param>
internal sealed record Unexercised(string Function, string Action, string On, string Reason)
{
    private const string Parts = "Ends an upload of several parts that failed half way; what a day of few rows writes has one part.";
    private const string Copies = "Ends a copy of several parts that failed half way; the files of a day are copied whole.";
    private const string OutOfTime = "Cancels the statement that the function has no time left to wait for; the tests of the Data API's client ask for it.";
    private const string Mapping = "The event source mapping does it with the function's role.";
    private const string DeadLetter = "Lambda sends the dead letter with the function's role.";
    private const string DeadLetterKey = "Lambda sends the dead letter with the function's role, to an encrypted queue; the function itself writes no object.";

    public static IReadOnlyList<Unexercised> All { get; } =
    [
        new("StartIngestFunction", "s3:AbortMultipartUpload", "/landing/*", Copies),
        new("StartIngestFunction", "sqs:SendMessage", ":StartIngestDeadLetters", DeadLetter),

        new("DispatchDropFunction", "s3:AbortMultipartUpload", "/landing/*", Copies),
        .. Of("DispatchDropFunction", ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], ":DropQueue", Mapping),

        new("WakeFeedFunction", "kms:GenerateDataKey", "key/LakeKey", DeadLetterKey),
        new("WakeFeedFunction", "sqs:SendMessage", ":WakeFeedDeadLetters", DeadLetter),

        new("ReleaseQuarantineFunction", "s3:GetObject", "/drops/*", "S3's answer was lost, or the release was asked for twice at once: whose record lies there is looked at."),
        new("ReleaseQuarantineFunction", "s3:ListBucket", "drops/*", "The same look, where no record lies there."),
        new("ReleaseQuarantineFunction", "redshift-data:CancelStatement", "*", OutOfTime),

        new("PlanIngestFunction", "s3:GetObject", "/ordinals/*", "S3's answer was lost, or another execution took the ordinal first."),

        new("LandSliceFunction", "s3:AbortMultipartUpload", "/landing/*", Parts),
        new("ValidateSliceFunction", "s3:AbortMultipartUpload", "/quarantine/*", Parts),
        new("TransformSliceFunction", "s3:AbortMultipartUpload", "/curated/*", Parts),

        new("CompleteLoadFunction", "kms:GenerateDataKey", "key/LakeKey", DeadLetterKey),
        new("CompleteLoadFunction", "sqs:SendMessage", ":CompleteLoadDeadLetters", DeadLetter),

        new("RegisterPartitionsFunction", "glue:UpdateTable", "", "A contract that gained columns; the catalog's own tests ask for it."),

        new("BuildManthanFeedFunction", "s3:GetObject", "/exports/*", "S3's answer was lost, or another attempt wrote the export first: whose it is is looked at."),
        new("BuildManthanFeedFunction", "s3:ListBucket", "exports/*", "The same look, where no export lies there."),
        new("BuildManthanFeedFunction", "s3:AbortMultipartUpload", "/exports/*", Parts),
        new("BuildManthanFeedFunction", "redshift-data:CancelStatement", "*", OutOfTime),
        new("DeliverManthanFeedFunction", "redshift-data:CancelStatement", "*", OutOfTime),

        new("MigrateWarehouseFunction", "kms:Decrypt", "key/LakeKey", "Lambda decrypts the function's environment with its role; the function reads no object."),

        new("ListDropsFunction", "s3:GetObject", "/pulls/*", "A file that was noticed before and has not been taken yet."),

        new("FetchDropFunction", "s3:DeleteObject", "/pulls/*", "Parts of a file that took several invocations."),
        new("FetchDropFunction", "s3:AbortMultipartUpload", "/pulls/*", Parts),
        new("FetchDropFunction", "s3:AbortMultipartUpload", "/landing/*", Parts),
        new("FetchDropFunction", "s3:GetObject", "/landing/*", "Another invocation landed the same bytes first: they are compared."),
        new("FetchDropFunction", "s3:ListBucket", "landing/*", "The same comparison, where nothing landed."),

        new("FetchDropFunction", "s3:GetObject", "/drops/*", "S3's answer was lost, or another invocation recorded the same drop at once: whose record lies there is looked at."),
        new("FetchDropFunction", "s3:ListBucket", "drops/*", "The same look, where no record lies there."),

        new("LandPosEventsFunction", "s3:PutObject", "/aws/lambda/*", "The event source mapping writes what failed too often with the function's role."),
        new("LandPosEventsFunction", "s3:ListBucket", "aws/lambda/*", "The event source mapping looks for what it wrote with the function's role."),
        .. Of(
            "LandPosEventsFunction",
            ["kafka:DescribeCluster", "kafka:DescribeClusterV2", "kafka:GetBootstrapBrokers", "kafka-cluster:Connect", "kafka-cluster:DescribeClusterDynamicConfiguration"], ":cluster/pos/0123", Mapping),
        .. Of("LandPosEventsFunction", ["kafka-cluster:DescribeTopic", "kafka-cluster:ReadData"], "/pos.bill", Mapping),
        .. Of("LandPosEventsFunction", ["kafka-cluster:DescribeGroup", "kafka-cluster:AlterGroup"], "-pos", Mapping),
        .. Of("LandPosEventsFunction", ["ec2:DescribeVpcs", "ec2:DescribeSubnets", "ec2:DescribeSecurityGroups"], "*", Mapping),
    ];

    public bool Excuses(Grant grant) => Function == grant.Function && Action == grant.Action && (grant.Prefix ?? grant.Resource).EndsWith(On, StringComparison.Ordinal);

    private static IEnumerable<Unexercised> Of(string function, string[] actions, string on, string reason) => actions.Select(action => new Unexercised(function, action, on, reason));
}
