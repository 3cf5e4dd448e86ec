using System.IO.Enumeration;
using System.Text.Json.Nodes;
using RetailLake.Tests.Aws.Cloud;
using RetailLake.Tests.Stack.Expansion;

namespace RetailLake.Tests.Stack.Iam;

/// <summary>One action on one resource, and under one prefix where s3:prefix is asked for, that a statement of a function's role allows or denies.</summary>
/// <param name="Resource">ARN with IAM's wildcards.</param>
/// <param name="Prefix">The one of the condition's on s3:prefix that this grant is about; null without one.</param>
internal sealed record Grant(PolicyStatement Statement, string Action, string Resource, string? Prefix, StackValues Values)
{
    private const string Listing = "s3:ListBucket";

    public bool IsAllow => Statement.IsAllow;

    public string Function => Statement.Owner.Name[..^"Role".Length];

    public static IEnumerable<Grant> Of(PolicyStatement statement, StackValues values) =>
        from action in statement.Actions
        from resource in statement.Resources
        from prefix in Prefixes(statement, values)
        select new Grant(statement, action, values.Text(resource), prefix, values);

    public bool Covers(AwsCall call) => Matches(Action, call.Action, ignoreCase: true) && (Resource == "*" || Matches(Resource, call.Resource)) && Conditions(Statement).All(one => Holds(one.Operator, one.Key, one.Value, call));

    /// <summary>Who may read may list as well, or S3 answers 403 for a key that is not there.</summary>
    public bool IsUsedBy(AwsCall call) => Covers(call) || (Action == Listing && Prefix is not null && call.Action == "s3:GetObject" && Matches($"{Resource}/{Prefix}", call.Resource));

    /// <summary>Wildcards as IAM has them: <c>*</c> any text, '/' too; <c>?</c> one character.</summary>
    public static bool Matches(string pattern, string text, bool ignoreCase = false) => FileSystemName.MatchesSimpleExpression(pattern.Replace(@"\", @"\\", StringComparison.Ordinal), text, ignoreCase);

    public override string ToString() => $"{Function} {Statement.Json["Sid"]}: {Action} on {Resource}{(Prefix is null ? "" : $" with prefix {Prefix}")}";

    private bool Holds(string @operator, string key, JsonNode expected, AwsCall call)
    {
        var any = key == AwsCall.PrefixKey ? [Prefix!] : Texts(expected, Values).Select(text => text.Replace("${aws:userid}", StackValues.UserId(Function), StringComparison.Ordinal));
        var actual = key switch
        {
            AwsCall.PrefixKey => call.Prefix,
            AwsCall.OwnerKey => call.Owner is { } owner ? StackValues.UserId(owner) : null,
            _ => throw new NotSupportedException($"Found the condition key '{key}' in {Statement}; no call records it."),
        };
        return @operator switch
        {
            "StringEquals" => actual is not null && any.Contains(actual),
            "StringLike" => actual is not null && any.Any(pattern => Matches(pattern, actual)),
            "StringLikeIfExists" => actual is null || any.Any(pattern => Matches(pattern, actual)),
            _ => throw new NotSupportedException($"Found the condition operator '{@operator}' in {Statement}; it is not evaluated here."),
        };
    }

    private static IEnumerable<(string Operator, string Key, JsonNode Value)> Conditions(PolicyStatement statement) =>
        (statement.Json["Condition"] as JsonObject ?? []).SelectMany(block => block.Value!.AsObject().Select(key => (block.Key, key.Key, key.Value!)));

    private static IEnumerable<string?> Prefixes(PolicyStatement statement, StackValues values)
    {
        var prefixes = Conditions(statement).Where(one => one.Key == AwsCall.PrefixKey).Select(one => one.Value).SingleOrDefault();
        if (prefixes is null)
        {
            return [null];
        }

        return Texts(prefixes, values);
    }

    private static IEnumerable<string> Texts(JsonNode node, StackValues values) => node is JsonArray many ? many.Select(item => values.Text(item!)) : [values.Text(node)];
}
