using System.Text.RegularExpressions;
using RetailLake.Core.Errors;
using RetailLake.Tests.Stack.Asl;

namespace RetailLake.Tests.Stack;

/// <summary>Every name that an execution can end with has a page and a row: exceptions of ours, and what Step Functions says itself of states like ours.</summary>
public sealed partial class RunbookTests
{
    private const string Ingest = "statemachines/source-ingest.asl.json";

    private static readonly IReadOnlyList<string> Names =
    [
        .. typeof(LakeException).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(LakeException)) && !type.IsAbstract).Select(type => type.Name),
        .. EndingErrors.Of(new()),
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
            row[1].Split(", ").Should().BeSubsetOf(files.Methods.Select(method => method.Method).Concat(AslState.Of(files).Select(state => state.Name)));
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
    public void OurMachines_EndWithTheseNamesOfStepFunctions() => EndingErrors.Of(new()).Should().Equal(
        "Lambda.Unknown", "States.DataLimitExceeded", "States.ExceedToleratedFailureThreshold", "States.ItemReaderFailed", "States.ParameterPathFailure",
        "States.Permissions", "States.ResultWriterFailed", "States.Runtime", "States.Timeout");

    [Theory]
    [InlineData("States.NoChoiceMatched", "\"Default\": \"NothingToIngest\"", "\"Comment\": \"none\"")]
    [InlineData("States.HeartbeatTimeout", "\"TimeoutSeconds\": 7200,", "\"TimeoutSeconds\": 7200, \"HeartbeatSeconds\": 60,")]
    [InlineData("States.IntrinsicFailure", "\"run.$\": \"$.run\"", "\"run.$\": \"States.Format('{}', $.run)\"")]
    [InlineData("States.ResultPathMatchFailure", "\"OutputPath\": \"$.Payload\"", "\"ResultPath\": \"$.plan\"")]
    public void ChangedMachine_AsksForAPageMore(string error, string from, string to)
    {
        Names.Should().NotContain(error);
        EndingErrors.Of(new(Ingest, from, to)).Should().Contain(error);
    }

    [Fact]
    public void Pages_AreOfErrorsThatExist() =>
        Directory.GetFiles(Repository.Path("docs", "runbook"), "*.md").Select(Path.GetFileNameWithoutExtension).Where(page => page != "README")
            .Should().BeEquivalentTo(Names);

    [Fact]
    public void EveryAlarm_IsInTheTable()
    {
        var files = new StackFiles();
        var alarms = StackFiles.Templates.SelectMany(file => files[file]["Resources"]!.AsObject()).Where(resource => (string?)resource.Value!["Type"] == "AWS::CloudWatch::Alarm").Select(alarm => alarm.Key[..^"Alarm".Length]);

        alarms.Should().HaveCountGreaterThan(20).And.BeSubsetOf(Rows(3).SelectMany(row => row[0].Split(", ")).Select(name => name.Split(' ')[0]));
    }

    /// <summary>The metric has several sources, and the file of each lies somewhere else.</summary>
    [Fact]
    public void RefusedFiles_AreToldByEveryFunctionThatCountsThem()
    {
        var counting = Directory.GetFiles(Repository.Path("src", "RetailLake.Functions"), "*Function.cs")
            .Where(file => File.ReadAllText(file) is var code && (code.Contains("MetricName.DropsRefused", StringComparison.Ordinal) || code.Contains("UploadSweep", StringComparison.Ordinal)))
            .Select(file => Path.GetFileNameWithoutExtension(file)[..^"Function".Length]).ToList();
        var alarm = (string)new StackFiles()["stacks/operations.template.yaml"]["Resources"]!["DropsRefusedAlarm"]!["Properties"]!["AlarmDescription"]!;

        counting.Should().BeEquivalentTo("DispatchDrop", "StartIngest", "LandSlice", "FetchDrop", "ListDrops");
        Repository.Read("docs", "runbook", "DropRefusedException.md").Should().ContainAll(counting);
        alarm.Should().ContainAll("drops/", "DispatchDrop", "StartIngest", "ops.drop_ledger", "FetchDrop", "ListDrops").And.NotContain("beside");
    }

    private static IEnumerable<string[]> Rows(int cells = 4) => TableRow().Matches(Repository.Read("docs", "runbook", "README.md"))
        .Select(match => match.Value.Trim('|').Split('|', StringSplitOptions.TrimEntries)).Where(row => row.Length == cells);

    [GeneratedRegex(@"^\|.*\|$", RegexOptions.Multiline)]
    private static partial Regex TableRow();
}
