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
    ];

    public bool Covers(Grant grant) => (Function is null || Function == grant.Function) && grant.Action.StartsWith(Action, StringComparison.Ordinal) && grant.Resource.Contains(Resource, StringComparison.Ordinal);
}
