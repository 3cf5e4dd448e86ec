using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RetailLake.Tests.Stack.Expansion;

namespace RetailLake.Tests.Stack.Iam;

/// <summary>
/// The inline policies of one function's role, asked as IAM would be: an explicit Deny, then any Allow, else no.
/// Operators that no policy here has are refused, never taken for true.
/// See "Policy evaluation logic" and "IAM JSON policy elements: Condition operators" in the IAM user guide.
/// </summary>
internal sealed class FunctionPolicy
{
    private readonly IReadOnlyList<Grant> grants;

    public FunctionPolicy(StackFiles files, string function)
    {
        var values = new StackValues(files);
        var role = new Expanded(files).Named($"{function}FunctionRole") ?? throw new ArgumentException($"The template has no function '{function}'.", nameof(function));
        grants =
        [
            .. from statement in PolicyStatement.Of(role)
               where statement.Kind == "identity"
               from action in statement.Actions
               from resource in statement.Resources
               select new Grant(statement, action, values.Text(resource), values),
        ];
    }

    public bool Allows(RecordedCall call) => !grants.Any(grant => !grant.IsAllow && grant.Covers(call)) && grants.Any(grant => grant.IsAllow && grant.Covers(call));

    /// <summary>What is granted and no call needed: the function could do more than it does.</summary>
    public IEnumerable<string> Unused(IReadOnlyCollection<RecordedCall> calls) =>
        grants.Where(grant => grant.IsAllow && !UsedByServices.Contains(grant.Action) && !calls.Any(grant.Covers)).Select(grant => $"{grant.Action} on {grant.Resource}");

    /// <summary>Denied calls and idle grants; none: the policy equals what the function does.</summary>
    public IEnumerable<string> Problems(IReadOnlyCollection<RecordedCall> calls) =>
        calls.Where(call => !Allows(call)).Select(call => $"{call.Action} on {call.Resource} is done and not granted").Distinct()
            .Concat(Unused(calls).Select(grant => $"{grant} is granted and never done"));

    /// <summary>Wildcards as IAM has them: <c>*</c> any text, '/' too; <c>?</c> one character.</summary>
    public static bool Matches(string pattern, string text, bool ignoreCase = false) => Regex.IsMatch(
        text, $"^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal)}$",
        RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None));

    /// <summary>AWS uses them with the function's role, so no call of ours shows them: S3 and SSM the key, S3 the right to list (404, not 403), pollers queue and cluster, Lambda the dead letters.</summary>
    private static readonly HashSet<string> UsedByServices =
    [
        "kms:Decrypt", "kms:GenerateDataKey", "s3:ListBucket", "secretsmanager:GetSecretValue", "redshift-serverless:GetCredentials",
        "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:SendMessage",
        "kafka:DescribeCluster", "kafka:DescribeClusterV2", "kafka:GetBootstrapBrokers", "kafka-cluster:Connect", "kafka-cluster:DescribeClusterDynamicConfiguration",
        "kafka-cluster:DescribeTopic", "kafka-cluster:ReadData", "kafka-cluster:DescribeGroup", "kafka-cluster:AlterGroup",
        "ec2:DescribeVpcs", "ec2:DescribeSubnets", "ec2:DescribeSecurityGroups",
    ];

    private sealed record Grant(PolicyStatement Statement, string Action, string Resource, StackValues Values)
    {
        public bool IsAllow => Statement.IsAllow;

        public bool Covers(RecordedCall call) => Matches(Action, call.Action, ignoreCase: true) && (Resource == "*" || Matches(Resource, call.Resource))
            && (Statement.Json["Condition"] as JsonObject ?? []).All(block => block.Value!.AsObject().All(key => Holds(block.Key, key.Key, key.Value!, call)));

        private bool Holds(string @operator, string key, JsonNode expected, RecordedCall call)
        {
            var any = (expected as JsonArray)?.Select(item => Values.Text(item!)).ToList() ?? [Values.Text(expected)];
            // Statements are the caller's own unless a recorder says otherwise.
            var actual = call.Context?.GetValueOrDefault(key) ?? (key == "redshift-data:statement-owner-iam-userid" ? "${aws:userid}" : null);
            return @operator switch
            {
                "StringEquals" => actual is not null && any.Contains(actual),
                "StringLike" => actual is not null && any.Any(pattern => Matches(pattern, actual)),
                "StringLikeIfExists" => actual is null || any.Any(pattern => Matches(pattern, actual)),
                _ => throw new NotSupportedException($"Found the condition operator '{@operator}' in {Statement}; it is not evaluated here."),
            };
        }
    }
}
