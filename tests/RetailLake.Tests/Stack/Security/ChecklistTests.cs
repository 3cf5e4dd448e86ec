using RetailLake.Tests.Stack.Asl;
using RetailLake.Tests.Stack.Template;

namespace RetailLake.Tests.Stack.Security;

/// <summary>Every row of the checklist has rules (or a reason), every rule holds, and every rule is killed by a mutant of the files.</summary>
public sealed class ChecklistTests(ITestOutputHelper output)
{
    private static readonly IReadOnlyList<StackRule> Own = [.. BucketSecurity.All, .. FunctionSecurity.All, .. OperationsSecurity.All, .. OperatorSecurity.All];
    private static readonly IReadOnlyList<Mutation> OwnMutations = [.. BucketSecurity.Mutations, .. FunctionSecurity.Mutations, .. OperationsMutations.All, .. OperatorSecurity.Mutations];
    private static readonly IReadOnlyList<StackRule> All = [.. Own, .. FunctionRules.All, .. SourceRules.All, .. DropRules.All, .. StreamRules.All, .. RetryRules.All, .. FlowRules.All, .. NameRules.All];
    private static readonly IReadOnlyList<Mutation> Mutations = [.. OwnMutations, .. TemplateMutations.All, .. DropMutations.All, .. StreamMutations.All, .. AslMutations.All];

    public static TheoryData<string> RuleNames => Mutation.Names(Own);

    public static TheoryData<string, string> MutationNames => Mutation.Names(OwnMutations);

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void Stack_KeepsRule(string rule) => Own.Single(known => known.Name == rule).Problems(new()).Should().BeEmpty();

    [Theory]
    [MemberData(nameof(MutationNames))]
    public void BrokenStack_IsFoundByItsRule(string rule, string mutation) => Mutation.Survivors(
        Own.Single(known => known.Name == rule),
        OwnMutations.Single(known => (known.Rule, known.Name) == (rule, mutation))).Should().BeEmpty();

    [Fact]
    public void Checklist_IsWhole()
    {
        var expected = Enumerable.Range(1, 9).Select(n => $"S{n}").Concat(Enumerable.Range(1, 10).Select(n => $"L{n}")).Concat(Enumerable.Range(1, 4).Select(n => $"F{n}"))
            .Concat(Enumerable.Range(1, 6).Select(n => $"R{n}")).Concat(Enumerable.Range(1, 7).Select(n => $"M{n}")).Concat(Enumerable.Range(1, 3).Select(n => $"N{n}"))
            .Concat(Enumerable.Range(1, 10).Select(n => $"1b.{n}"));

        Checklist.Rows.Select(row => row.Id).Should().Equal(expected);
        Checklist.Rows.Should().OnlyContain(row => row.Rules.Count > 0 || row.Waiver != null);
        Checklist.Rows.SelectMany(row => row.Rules).Should().BeSubsetOf(All.Select(rule => rule.Name));
        Own.Select(rule => rule.Name).Should().BeSubsetOf(Checklist.Rows.SelectMany(row => row.Rules), "a rule that stands for no row is forgotten");
    }

    [Fact]
    public void EveryRule_HasAKillingMutant()
    {
        var rules = Checklist.Rows.SelectMany(row => row.Rules).Distinct().ToList();

        var killed = rules.Where(rule => Mutations.Any(mutation => mutation.Rule == rule && !Mutation.Survivors(All.Single(known => known.Name == rule), mutation).Any())).ToList();

        output.WriteLine($"{killed.Count} of {rules.Count} rules have a killing mutant; {Checklist.Rows.Count} rows, {Mutations.Count} mutants.");
        killed.Should().BeEquivalentTo(rules);
    }

    [Fact]
    public void EveryWaiver_StandsInTheDecisions()
    {
        var decisions = Repository.Read("docs", "decisions.md");

        Checklist.Rows.Where(row => row.Waiver is not null).Should().OnlyContain(row => decisions.Contains($"| {row.Id} |"));
    }
}
