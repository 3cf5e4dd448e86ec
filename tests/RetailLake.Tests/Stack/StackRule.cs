namespace RetailLake.Tests.Stack;

/// <summary>A rule says what is wrong; a mutation breaks the files so that the rule must say something. A rule without a mutation proves nothing.</summary>
internal sealed record StackRule(string Name, Func<StackFiles, IEnumerable<string>> Problems);

internal sealed record Mutation(string Rule, string Name, Action<StackFiles> Break)
{
    public static TheoryData<string, string> Names(IEnumerable<Mutation> mutations) => new(mutations.Select(mutation => (mutation.Rule, mutation.Name)));

    public static TheoryData<string> Names(IEnumerable<StackRule> rules) => new(rules.Select(rule => rule.Name));

    public static IEnumerable<string> Survivors(StackRule rule, Mutation mutation)
    {
        var files = new StackFiles();
        mutation.Break(files);
        return rule.Problems(files).Any() ? [] : [$"'{mutation.Name}' breaks the files, and '{rule.Name}' says nothing"];
    }
}
