using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RetailLake.Tests.Stack;

/// <summary>What docs/deploy.md names is there: nobody runs its commands without an account.</summary>
public sealed partial class DeployDocTests
{
    private static readonly string Text = Repository.Read("docs", "deploy.md");

    [Fact]
    public void EventFiles_AreThereAndAreOfTheFunctionTheyAreGivenTo()
    {
        var files = EventFile().Matches(Text);

        files.Should().HaveCountGreaterThan(2);
        files.Should().OnlyContain(match => match.Groups["function"].Value.Replace("Function", "") == match.Groups["folder"].Value);
        files.Should().OnlyContain(match => File.Exists(Repository.Path("events", match.Groups["folder"].Value, match.Groups["file"].Value)));
    }

    [Fact]
    public void FunctionsInvokedByName_AreOfTheTemplateAndGetJson()
    {
        var invoked = Invoked().Matches(Text);

        invoked.Should().HaveCount(2);
        foreach (Match match in invoked)
        {
            Repository.Read("template.yaml").Should().Contain($"FunctionName: !Sub ${{AWS::StackName}}-{match.Groups["function"].Value}");
            JsonNode.Parse(match.Groups["payload"].Value).Should().BeOfType<JsonObject>();
        }
    }

    [Fact]
    public void ParametersOfTheTable_AreOfTheTemplate()
    {
        var parameters = Repository.Read("template.yaml").Split("\nConditions:")[0];
        var named = TableRow().Matches(Text).SelectMany(row => Code().Matches(row.Value)).Select(code => code.Groups["text"].Value).ToList();

        named.Should().HaveCountGreaterThan(4).And.OnlyContain(name => parameters.Contains($"\n  {name}:"));
    }

    [Fact]
    public void PagesItLinks_AreThere() =>
        Link().Matches(Text).Select(match => match.Groups["page"].Value).Where(page => !page.StartsWith("http", StringComparison.Ordinal)).Should().NotBeEmpty().And.OnlyContain(page => File.Exists(Repository.Path("docs", page)));

    [GeneratedRegex(@"(sam local invoke|\./lake invoke) (?<function>\w+) -e events/(?<folder>\w+)/(?<file>[\w.-]+)")]
    private static partial Regex EventFile();

    [GeneratedRegex(@"--function-name retaillake-(?<function>\w+) .*--payload '(?<payload>[^']+)'")]
    private static partial Regex Invoked();

    [GeneratedRegex(@"^\| `.*?\|", RegexOptions.Multiline)]
    private static partial Regex TableRow();

    [GeneratedRegex("`(?<text>[^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\((?<page>[^)#]+)\)")]
    private static partial Regex Link();
}
