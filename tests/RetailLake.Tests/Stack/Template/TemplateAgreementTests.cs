namespace RetailLake.Tests.Stack.Template;

public sealed class TemplateAgreementTests
{
    private static readonly IReadOnlyList<StackRule> Rules = [.. FunctionRules.All, .. SourceRules.All, .. DropRules.All, .. StreamRules.All];
    private static readonly IReadOnlyList<Mutation> Mutations = [.. TemplateMutations.All, .. DropMutations.All, .. StreamMutations.All];

    public static TheoryData<string> RuleNames => Mutation.Names(Rules);

    public static TheoryData<string, string> MutationNames => Mutation.Names(Mutations);

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void Templates_KeepRule(string rule) => Rules.Single(known => known.Name == rule).Problems(new()).Should().BeEmpty();

    [Theory]
    [MemberData(nameof(MutationNames))]
    public void BrokenTemplate_IsFoundByItsRule(string rule, string mutation) => Mutation.Survivors(
        Rules.Single(known => known.Name == rule),
        Mutations.Single(known => (known.Rule, known.Name) == (rule, mutation))).Should().BeEmpty();

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void Rule_HasAMutation(string rule) => Mutations.Should().Contain(mutation => mutation.Rule == rule);
}
