namespace RetailLake.Tests.Stack.Asl;

public sealed class AslLintTests
{
    private static readonly IReadOnlyList<StackRule> Rules = [.. RetryRules.All, .. FlowRules.All, .. NameRules.All];

    public static TheoryData<string> RuleNames => Mutation.Names(Rules);

    public static TheoryData<string, string> MutationNames => Mutation.Names(AslMutations.All);

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void StateMachines_KeepRule(string rule) => Rules.Single(known => known.Name == rule).Problems(new()).Should().BeEmpty();

    [Theory]
    [MemberData(nameof(MutationNames))]
    public void BrokenStateMachine_IsFoundByItsRule(string rule, string mutation) => Mutation.Survivors(
        Rules.Single(known => known.Name == rule),
        AslMutations.All.Single(known => (known.Rule, known.Name) == (rule, mutation))).Should().BeEmpty();

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void Rule_HasAMutation(string rule) => AslMutations.All.Should().Contain(mutation => mutation.Rule == rule);
}
