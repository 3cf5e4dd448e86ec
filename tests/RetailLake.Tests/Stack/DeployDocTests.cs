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

    /// <summary>SAM resolves parameters by their defaults, but neither the account nor what the stack made.</summary>
    [Fact]
    public void EnvVarsOfSamLocal_AreThoseThatItCannotResolve()
    {
        var template = new StackFiles().Template;
        var parameters = template["Parameters"]!.AsObject().Select(parameter => parameter.Key).ToList();
        var unresolved = template["Globals"]!["Function"]!["Environment"]!["Variables"]!.AsObject()
            .Where(variable => variable.Value is JsonObject value && (value["Fn::GetAtt"] is not null || Place().Matches((string)value["Fn::Sub"]!).Any(place => !parameters.Contains(place.Groups["name"].Value))));

        var given = JsonNode.Parse(JsonBlock().Match(Text).Groups["json"].Value)!["Parameters"]!.AsObject();

        given.Select(variable => variable.Key).Should().BeEquivalentTo(unresolved.Select(variable => variable.Key));
        given.Select(variable => (variable.Key, ((string)variable.Value!).Split(':')[0])).Should().BeEquivalentTo(given.Select(variable => (variable.Key, SchemeOf(template, variable.Key))));
    }

    [Fact]
    public void Configurations_KeepTheSchedulesOffTillTheyAreSwitchedOn()
    {
        var overrides = Override().Matches(Repository.Read("samconfig.toml")).Select(match => match.Groups["text"].Value).ToList();

        overrides.Should().HaveCount(3).And.OnlyContain(text => text.StartsWith("ScheduleState=DISABLED", StringComparison.Ordinal));
        overrides.SelectMany(text => text.Split(' ')).Select(pair => pair.Split('=')[0]).Should().BeSubsetOf(new StackFiles().Template["Parameters"]!.AsObject().Select(parameter => parameter.Key));
    }

    [Fact]
    public void PagesItLinks_AreThere() =>
        Link().Matches(Text).Select(match => match.Groups["page"].Value).Where(page => !page.StartsWith("http", StringComparison.Ordinal)).Should().NotBeEmpty().And.OnlyContain(page => File.Exists(Repository.Path("docs", page)));

    private static string SchemeOf(JsonObject template, string variable) =>
        template["Globals"]!["Function"]!["Environment"]!["Variables"]![variable]!["Fn::Sub"] is { } value ? ((string)value!).Split(':')[0] : "arn";

    [GeneratedRegex(@"\$\{(?<name>[\w:]+)\}")]
    private static partial Regex Place();

    [GeneratedRegex("```json\n(?<json>.*?)```", RegexOptions.Singleline)]
    private static partial Regex JsonBlock();

    [GeneratedRegex("parameter_overrides = \"(?<text>[^\"]*)\"")]
    private static partial Regex Override();

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
