using System.Text.Json.Nodes;
using RetailLake.Tests.Aws.S3;
using RetailLake.Tests.Scenarios;

namespace RetailLake.Tests.Aws.Cloud;

/// <summary>What AWS does once in a while, once: the end is that of a run without.</summary>
[Collection(ScenarioServer.Name)]
public sealed class CloudFaultTests(ScenarioServer server) : IAsyncDisposable
{
    private const string Conflict = "ERROR: 1023 DETAIL: Serializable isolation violation on table - 104423, transactions forming the cycle are: 5112, 5113 (pid:1073)";

    private CloudLake? lake;

    [Fact]
    public async Task EventOfTheLoadIsLost_TaskTimesOutAndTheNextFindsItLoaded()
    {
        var open = await OpenAsync(loadSeconds: 20);
        var (deliver, lost) = (open.Api.OnStatus, 0);
        open.Api.OnStatus = @event => Interlocked.Increment(ref lost) == 1 ? Task.CompletedTask : deliver(@event);

        await ShouldEndCleanAsync();

        lost.Should().BeGreaterThan(1);
        Loads(open).Should().HaveCountGreaterThan(1, "the wait ended, and the load was submitted again");
    }

    [Fact]
    public async Task EventComesTwice_SecondIsOfNoConcern()
    {
        var open = await OpenAsync();
        var (deliver, told) = (open.Api.OnStatus, 0);
        open.Api.OnStatus = async @event =>
        {
            await deliver(@event);
            await deliver(@event);
            told++;
        };

        await ShouldEndCleanAsync();

        told.Should().Be(1);
    }

    [Fact]
    public async Task AnswerOfTheSubmitIsLost_SubmitIsRepeatedUnderItsToken()
    {
        var open = await OpenAsync();
        var lost = 0;
        open.Api.Lose = (operation, body) => operation == "BatchExecuteStatement" && (bool?)body["WithEvent"] == true && Interlocked.Increment(ref lost) == 1;

        await ShouldEndCleanAsync();

        lost.Should().Be(2, "the client asks again at once, and the second answer arrives");
        Loads(open).Select(body => (string?)body["ClientToken"]).Should().HaveCount(2).And.OnlyContain(token => token == (string?)Loads(open).First()["ClientToken"], "it is the same statement");
    }

    [Fact]
    public async Task TransactionConflicts_LoadIsTriedAgain()
    {
        var open = await OpenAsync();
        var conflicts = 0;
        open.Api.Fail = statements => IsLoad(statements) && Interlocked.Increment(ref conflicts) == 1 ? Conflict : null;

        await ShouldEndCleanAsync();

        conflicts.Should().Be(2);
    }

    [Fact]
    public async Task EveryFifthRequestToS3IsAnswered503_NothingIsLost()
    {
        var open = await OpenAsync();
        var (asked, refused) = (0, 0);
        open.Objects.Faults = _ =>
        {
            if (Interlocked.Increment(ref asked) % 5 != 0)
            {
                return S3Fault.None;
            }

            // Every other time it was done all the same.
            return Interlocked.Increment(ref refused) % 2 == 0 ? S3Fault.SlowDown : S3Fault.AnswerLost;
        };

        await ShouldEndCleanAsync();

        refused.Should().BeGreaterThan(10);
    }

    public async ValueTask DisposeAsync()
    {
        if (lake is not null)
        {
            await lake.DisposeAsync();
        }
    }

    private static IEnumerable<JsonObject> Loads(CloudLake lake) => lake.Api.Bodies("BatchExecuteStatement").Where(body => (bool?)body["WithEvent"] == true);

    private static bool IsLoad(IReadOnlyList<string> statements) => statements.Any(sql => sql.StartsWith("COPY ", StringComparison.OrdinalIgnoreCase));

    private async Task<CloudLake> OpenAsync(int? loadSeconds = null) =>
        lake = await CloudLake.OpenAsync(await server.QuietAsync(), new(ScenarioServer.Orders) { LoadSeconds = loadSeconds });

    private async Task ShouldEndCleanAsync()
    {
        var run = await lake!.IngestAsync(ScenarioServer.Orders, ScenarioServer.Execution);

        run.Status.Should().Be("SUCCEEDED", $"{run.Error} {run.Cause}\n{string.Join('\n', lake.Log)}");
        lake.Objects.Faults = _ => S3Fault.None;
        (await lake.DumpAsync()).Should().Be(await server.CleanAsync());
    }
}
