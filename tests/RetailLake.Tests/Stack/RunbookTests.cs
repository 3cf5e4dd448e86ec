using System.Text.RegularExpressions;
using RetailLake.Core.Errors;
using RetailLake.Tests.Stack.Asl;

namespace RetailLake.Tests.Stack;

public sealed partial class RunbookTests
{
    private static readonly IReadOnlyList<string> Names =
    [
        .. typeof(LakeException).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(LakeException)) && !type.IsAbstract).Select(type => type.Name),
        "Lambda.Unknown", "States.Timeout",
    ];

    public static TheoryData<string> Errors => new(Names);

    [Theory]
    [MemberData(nameof(Errors))]
    public void Error_HasAPageThatSaysWhereWhatAndHow(string error)
    {
        var page = Repository.Read("docs", "runbook", $"{error}.md");

        page.Should().StartWith($"# {error}\n").And.ContainAll("## Where to look", "## The data", "## What to do", "./lake", "On AWS");
        page.Should().MatchRegex("(?i)redrive|rerun");
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public void Index_SaysWhereAnErrorComesFromAndHowOftenItIsTriedAgain(string error)
    {
        var files = new StackFiles();
        var row = Rows().Single(row => row[0] == $"[{error}]({error}.md)");
        var retries = AslState.Of(files).SelectMany(state => state.Retriers).Where(retrier => AslState.Errors(retrier).Contains(error)).Select(retrier => (int)retrier["MaxAttempts"]!).Distinct().ToList();

        row[2].Should().Be(retries.Count == 0 ? "no" : retries.Single().ToString());
        if (row[1] != "any")
        {
            row[1].Split(", ").Should().BeSubsetOf(files.Methods.Select(method => method.Method));
        }
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public void Index_NamesEveryStateThatRetriesTheError(string error)
    {
        var row = Rows().Single(row => row[0] == $"[{error}]({error}.md)");
        var retrying = AslState.Of(new()).Where(state => state.Retriers.SelectMany(AslState.Errors).Contains(error)).Select(state => state.Name);

        if (row[1] != "any")
        {
            retrying.Should().BeSubsetOf(row[1].Split(", "));
        }
    }

    [Fact]
    public void Pages_AreOfErrorsThatExist() =>
        Directory.GetFiles(Repository.Path("docs", "runbook"), "*.md").Select(Path.GetFileNameWithoutExtension).Where(page => page != "README")
            .Should().BeEquivalentTo(Names);

    private static IEnumerable<string[]> Rows() => TableRow().Matches(Repository.Read("docs", "runbook", "README.md"))
        .Select(match => match.Value.Trim('|').Split('|', StringSplitOptions.TrimEntries)).Where(row => row.Length == 4);

    [GeneratedRegex(@"^\|.*\|$", RegexOptions.Multiline)]
    private static partial Regex TableRow();
}
