using System.Text;
using System.Text.Json.Nodes;
using RetailLake.Local.Drops;
using RetailLake.Local.Templates;
using RetailLake.Tests.Scenarios;

namespace RetailLake.Tests.Drops.Chain;

public sealed class MessageQueueTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HurriedTime time = new(1000);
    private readonly List<QueuedMessage> buried = [];

    [Fact]
    public async Task EveryMessage_IsHandledAtLeastOnceWhateverFails()
    {
        var random = Soak.Random(output);
        var handled = new HashSet<string>(StringComparer.Ordinal);
        var calls = 0;
        using var queue = Queue(batch =>
        {
            // A third of the calls dies, in another third some messages fail, before or after their effect.
            calls++;
            var dies = random.Next(3) == 0;
            var failed = batch.Where(_ => random.Next(3) == 0).ToList();
            handled.UnionWith(batch.Where(message => random.Next(2) == 0 || !failed.Contains(message)).Where(_ => !dies || random.Next(2) == 0).Select(message => message.Body));
            return dies ? null : Answer(failed.Select(message => message.Id));
        }, maxReceiveCount: 0);
        var bodies = Enumerable.Range(0, 300).Select(index => $"{index}").ToList();

        await RunAsync(queue, bodies);

        handled.Should().BeEquivalentTo(bodies);
        buried.Should().BeEmpty();
        output.WriteLine($"{bodies.Count} messages in {calls} calls");
    }

    [Fact]
    public async Task MessageThatAlwaysFails_IsBuriedAfterItsLastTryAndTheOthersGoOn()
    {
        var tries = 0;
        var handled = new List<string>();
        using var queue = Queue(batch =>
        {
            tries += batch.Count(message => message.Body == "poison");
            handled.AddRange(batch.Where(message => message.Body != "poison").Select(message => message.Body));
            return Answer(batch.Where(message => message.Body == "poison").Select(message => message.Id));
        }, maxReceiveCount: 5);

        await RunAsync(queue, ["a", "poison", "b"], () => buried.Count == 1);

        tries.Should().Be(5);
        buried.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Body = "poison", ReceiveCount = 5 });
        handled.Should().BeEquivalentTo("a", "b");
    }

    [Theory]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":"unknown"}]}""")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":""}]}""")]
    [InlineData("""{"batchItemFailures":[{}]}""")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":7}]}""")]
    [InlineData("not json")]
    public async Task AnswerThatNamesNoMessage_MeansThatAllFailed(string answer)
    {
        using var queue = Queue(_ => Encoding.UTF8.GetBytes(answer), maxReceiveCount: 1);

        await RunAsync(queue, ["a", "b"], () => buried.Count == 2);

        buried.Select(message => message.Body).Should().BeEquivalentTo("a", "b");
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"batchItemFailures":[]}""")]
    public async Task AnswerWithoutFailures_MeansThatAllIsDone(string answer)
    {
        var calls = 0;
        using var queue = Queue(_ =>
        {
            calls++;
            return Encoding.UTF8.GetBytes(answer);
        }, maxReceiveCount: 1);

        await RunAsync(queue, ["a"]);

        calls.Should().Be(1);
        buried.Should().BeEmpty();
    }

    private MessageQueue Queue(Func<List<(string Id, string Body)>, byte[]?> reader, int maxReceiveCount) => new(
        new(new("DropQueue", LocalArn.Queue("DropQueue"), TimeSpan.FromMinutes(90), maxReceiveCount, ""), "arn", 25, TimeSpan.FromSeconds(10), ReportsItems: true, ""),
        (_, payload, _) => Task.FromResult(reader([.. JsonNode.Parse(payload)!["Records"]!.AsArray().Select(record => ((string)record!["messageId"]!, (string)record["body"]!))])),
        message =>
        {
            buried.Add(message);
            return true;
        },
        time, output.WriteLine);

    private static byte[] Answer(IEnumerable<string> failed) =>
        Encoding.UTF8.GetBytes(new JsonObject { ["batchItemFailures"] = new JsonArray([.. failed.Select(id => new JsonObject { ["itemIdentifier"] = id })]) }.ToJsonString());

    /// <summary>Until nothing is left, not even what waits for its next turn.</summary>
    private static async Task RunAsync(MessageQueue queue, IReadOnlyList<string> bodies, Func<bool>? isOver = null)
    {
        using var stop = new CancellationTokenSource(Patience);
        var running = queue.RunAsync(stop.Token);
        foreach (var body in bodies)
        {
            queue.Send(body);
        }

        while (!(queue.IsEmpty && isOver?.Invoke() != false))
        {
            await Task.Delay(5, stop.Token);
        }

        await stop.CancelAsync();
        await FluentActions.Awaiting(() => running).Should().ThrowAsync<OperationCanceledException>();
    }
}
