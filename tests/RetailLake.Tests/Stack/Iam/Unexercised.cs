namespace RetailLake.Tests.Stack.Iam;

/// <summary>What a policy allows and no recorded run asks for.</summary>
/// <param name="Function">Null: any.</param>
/// <param name="Resource">A part of the ARN; empty: any.</param>
internal sealed record Unexercised(string? Function, string Action, string Resource, string Reason)
{
    public static IReadOnlyList<Unexercised> All { get; } =
    [
        new(null, "s3:AbortMultipartUpload", "", "Ends an upload of several parts that failed half way; what a day of few rows writes has one part."),
        new("DispatchDropFunction", "sqs:", "DropQueue", "The event source mapping reads the queue with the function's role."),
        new("LandPosEventsFunction", "kafka", "", "The event source mapping reads the topic with the function's role."),
        new("LandPosEventsFunction", "ec2:", "", "The event source mapping looks at its network with the function's role."),
        new("LandPosEventsFunction", "s3:PutObject", "/aws/lambda/", "The event source mapping writes what failed too often with the function's role."),
        new("LandPosEventsFunction", "s3:ListBucket", "", "The event source mapping looks for what it wrote with the function's role."),
        new(null, "redshift-data:", "", "One statement goes as ExecuteStatement, several as a batch; which of the two, and whether a result is read, differs by run."),
        new(null, "kms:", "", "Dead letters and environments are encrypted with the key that objects are."),
        new("RegisterPartitionsFunction", "glue:UpdateTable", "", "A contract that gained columns; the catalog's own tests ask for it."),
        new("FetchDropFunction", "s3:DeleteObject", "/pulls/", "Parts of a file that took several invocations."),
        new("FetchDropFunction", "s3:GetObject", "/landing/", "Another invocation landed the same bytes first: they are compared."),
        new("ListDropsFunction", "s3:GetObject", "/pulls/", "A file that was noticed before and has not been taken yet."),
        new("BuildManthanFeedFunction", "s3:GetObject", "/exports/", "Another attempt wrote the same export first: it is compared."),
        new("PlanIngestFunction", "s3:GetObject", "/ordinals/", "Another execution took the ordinal first."),
        new("ReleaseQuarantineFunction", "s3:GetObject", "/drops/", "The release was asked for twice: the record that lies there is compared."),
        new(null, "s3:ListBucket", "", "Goes with a read of the same prefix that is on this list."),
        new(null, "s3:PutObject", "/runs/", "Steps of a run share one statement about its folder."),
    ];

    public bool Covers(Grant grant) => (Function is null || Function == grant.Function) && grant.Action.StartsWith(Action, StringComparison.Ordinal) && grant.Resource.Contains(Resource, StringComparison.Ordinal);
}
