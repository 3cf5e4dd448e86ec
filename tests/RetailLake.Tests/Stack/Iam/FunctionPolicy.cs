using RetailLake.Tests.Aws.Cloud;
using RetailLake.Tests.Stack.Expansion;

namespace RetailLake.Tests.Stack.Iam;

/// <summary>
/// The inline policies of one function's role, asked as IAM would be: an explicit Deny, then any Allow, else no. Managed ones give it logs, network and traces.
/// Operators and keys of conditions that no policy here has are refused, never taken for true.
/// See "Policy evaluation logic" and "IAM JSON policy elements: Condition operators" in the IAM user guide.
/// </summary>
internal sealed class FunctionPolicy
{
    private readonly IReadOnlyList<Grant> grants;

    /// <param name="function">Logical id in the template.</param>
    public FunctionPolicy(Expanded stack, StackValues values, string function)
    {
        var role = stack.Named($"{function}Role") ?? throw new ArgumentException($"The template has no function '{function}'.", nameof(function));
        grants = [.. PolicyStatement.Of(role).Where(statement => statement.Kind == "identity").SelectMany(statement => Grant.Of(statement, values))];
    }

    public bool Allows(AwsCall call) => !grants.Any(grant => !grant.IsAllow && grant.Covers(call)) && grants.Any(grant => grant.IsAllow && grant.Covers(call));

    /// <summary>What is asked for and not allowed.</summary>
    public IEnumerable<AwsCall> Denied(IEnumerable<AwsCall> calls) => calls.Where(call => !Allows(call));

    /// <summary>What is allowed and no call needed: the function could do more than it does.</summary>
    public IEnumerable<Grant> Idle(IReadOnlyCollection<AwsCall> calls) => grants.Where(grant => grant.IsAllow && !calls.Any(grant.IsUsedBy));
}
