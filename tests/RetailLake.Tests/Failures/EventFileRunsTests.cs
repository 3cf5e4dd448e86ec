using System.Text;
using System.Text.Json;
using RetailLake.Local.Running;

namespace RetailLake.Tests.Failures;

/// <summary>Each events/&lt;Function&gt;/&lt;case&gt;.json goes through the handler string that template.yaml gives its function, as <c>lake invoke</c> sends it.</summary>
public sealed class EventFileRunsTests(PreparedRuns runs) : IClassFixture<PreparedRuns>
{
    /// <summary>Those that ask senders' servers run before such servers, in <see cref="Ftp.FtpPullTests"/>.</summary>
    private static readonly string[] Pulls = ["ListDrops", "FetchDrop"];

    /// <summary>No drop has come to this home; drops are released in <see cref="Quarantine.FileReleaseTests"/>.</summary>
    private static readonly string[] NothingThere = ["ReleaseQuarantine/drops.json", "ReleaseQuarantine/feed.json"];

    public static TheoryData<string> Files => [.. Directory.GetFiles(Repository.Path("events"), "*.json", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Repository.Path("events"), file).Replace('\\', '/')).Where(file => !Pulls.Contains(file.Split('/')[0])).Order()];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Event_IsAnsweredByItsFunction(string file)
    {
        var function = file.Split('/')[0];
        if (function == "ReleaseQuarantine")
        {
            // A feed that is at work refuses.
            await runs.Host.SettleAsync(default);
        }

        var result = await runs.Host.Functions.InvokeAsync(function, Encoding.UTF8.GetBytes(Repository.Read("events", file)), default);

        var answer = Encoding.UTF8.GetString(result.Payload);
        if (NothingThere.Contains(file))
        {
            result.Error!.ErrorType.Should().Be("ReleaseRefusedException");
            result.Error.ErrorMessage.Should().MatchRegex("Found (no drop|nothing to release)").And.Contain("Nothing was released.");
            return;
        }

        result.Error.Should().BeNull(answer);
        var json = JsonElement.Parse(answer);
        if (function == "CompleteLoad")
        {
            // No task waits for the token that these statements name.
            json.GetProperty("handled").GetBoolean().Should().BeFalse();
            json.GetProperty("outcome").GetString().Should().Be("NotALoad");
        }

        if (function == "StartIngest")
        {
            await AllAreOverAsync(json);
        }
    }

    [Fact]
    public async Task SecondCopyOfALoadedRun_PublishesNothingTwice()
    {
        const string Counts = "SELECT (SELECT COUNT(*) FROM crm.customer), (SELECT COUNT(*) FROM ops.load_ledger WHERE execution = 'customer-20261122T193000Z')";
        var before = await runs.Host.Warehouse.QueryAsync(Counts, default);

        var result = await runs.Host.Functions.InvokeAsync("CopyToRedshift", Encoding.UTF8.GetBytes(Repository.Read("events", "CopyToRedshift", "customer.json")), default);

        var statement = JsonElement.Parse(Encoding.UTF8.GetString(result.Payload)).GetProperty("statementId").GetString()!;
        string? error = null;
        var deadline = TimeProvider.System.GetUtcNow().AddSeconds(30);
        while (error is null && TimeProvider.System.GetUtcNow() < deadline)
        {
            error = await runs.Host.Warehouse.ErrorOfAsync(statement, default);
            await Task.Delay(20);
        }

        error.Should().Contain("work");
        (await runs.Host.Warehouse.QueryAsync(Counts, default))[0].Should().Equal(before[0]).And.HaveElementAt(1, 1L);
    }

    [Fact]
    public async Task LoadedRun_LeftItsFiguresInTheLog()
    {
        await using var log = new FileStream(runs.Host.Options.Home.Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(log);
        var lines = (await reader.ReadToEndAsync()).Split('\n').Where(line => line.Contains(" metrics {")).Select(line => JsonElement.Parse(line[line.IndexOf('{')..]))
            .Where(line => line.GetProperty("Feed").GetString() == "crm.customer").ToList();

        double Sum(string metric) => lines.Where(line => line.TryGetProperty(metric, out _)).Sum(line => line.GetProperty(metric).GetDouble());
        Sum("RowsLoaded").Should().BePositive();
        Sum("RowsLanded").Should().BeGreaterThanOrEqualTo(Sum("RowsLoaded"));
        lines.Any(line => line.TryGetProperty("LagSeconds", out _)).Should().BeTrue();
    }

    private async Task AllAreOverAsync(JsonElement started)
    {
        foreach (var feed in started.GetProperty("feeds").EnumerateArray().Where(feed => feed.GetProperty("outcome").GetString() == "Started"))
        {
            var source = runs.Host.Contracts.All.First(contract => contract.Feed == feed.GetProperty("feed").GetString()).Source;
            var over = await runs.Host.Executions.WaitAsync(runs.Host.Executions.ArnOf($"{source}-ingest/{feed.GetProperty("execution").GetString()}"), default);
            over.Status.Should().Be("SUCCEEDED", ExecutionCause.Text(over.Cause));
        }
    }
}
