namespace RetailLake.Tests.Stack;

/// <summary>A rule says what is wrong; a mutation breaks the files so that the rule must say something. A rule without a mutation proves nothing.</summary>
internal sealed record StackRule(string Name, Func<StackFiles, IEnumerable<string>> Problems);

internal sealed record Mutation(string Rule, string Name, Action<StackFiles> Break, Func<StackFiles>? Files = null)
{
    /// <summary>One text of one file is another.</summary>
    public static Mutation OfText(string rule, string name, string file, string from, string to) => new(rule, name, _ => { }, () => new(file, from, to));

    public static TheoryData<string, string> Names(IEnumerable<Mutation> mutations) => new(mutations.Select(mutation => (mutation.Rule, mutation.Name)));

    public static TheoryData<string> Names(IEnumerable<StackRule> rules) => new(rules.Select(rule => rule.Name));

    public static IEnumerable<string> Survivors(StackRule rule, Mutation mutation)
    {
        var files = mutation.Files?.Invoke() ?? new StackFiles();
        mutation.Break(files);
        return rule.Problems(files).Any() ? [] : [$"'{mutation.Name}' breaks the files, and '{rule.Name}' says nothing"];
    }
}
