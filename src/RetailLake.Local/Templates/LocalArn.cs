namespace RetailLake.Local.Templates;

/// <summary>Names of things on this machine, in the form AWS gives them.</summary>
public static class LocalArn
{
    public const string Account = "000000000000";
    public const string Region = "local";

    public static string Function(string name) => $"arn:aws:lambda:{Region}:{Account}:function:{name}";

    public static string StateMachine(string name) => $"arn:aws:states:{Region}:{Account}:stateMachine:{name}";

    public static string Queue(string name) => $"arn:aws:sqs:{Region}:{Account}:{name}";

    public static string Topic(string name) => $"arn:aws:sns:{Region}:{Account}:{name}";

    /// <summary>In the form that the template demands of an MSK cluster.</summary>
    public static string Cluster(string name) => $"arn:aws:kafka:{Region}:{Account}:cluster/{name}/0";

    /// <summary>Something that exists on AWS only; the name lets a log line tell what it stood for.</summary>
    public static string OfUnused(string resource, string attribute) => $"arn:aws:unused:{Region}:{Account}:{resource}/{attribute}";

    public static string? Pseudo(string name, string stack) => name switch
    {
        "AWS::AccountId" => Account,
        "AWS::Region" => Region,
        "AWS::Partition" => "aws",
        "AWS::StackName" => stack,
        "AWS::StackId" => $"arn:aws:cloudformation:{Region}:{Account}:stack/{stack}",
        "AWS::URLSuffix" => "amazonaws.com",
        _ => null,
    };
}
