using Microsoft.Extensions.Time.Testing;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Drops.Intake;
using RetailLake.Core.Errors;
using RetailLake.Functions;
using RetailLake.Functions.Hosting;
using RetailLake.Local.Drops;
using RetailLake.Local.Invocation;
using RetailLake.Local.Templates;
using RetailLake.Tests.Scenarios;

namespace RetailLake.Tests.Drops.Chain;

public sealed class DispatchDropTests(ITestOutputHelper output) : IDisposable
{
    private static readonly LocalNotification Enveloped = new("LakeBucket", "drops/", "", LocalArn.Topic("DropTopic"), IsEnveloped: true, LocalArn.Queue("DropQueue"), "");

    private readonly DropFolder folder = new(DropFeeds.Of(DropFeeds.Trailer()));
    private readonly FakeTimeProvider time = new(new(2026, 11, 22, 19, 30, 3, 500, TimeSpan.Zero));
    private readonly RecordingMachines machines = new();
    private readonly List<string> log = [];

    private DropIntake? intake;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Record_StartsItsFeed(bool isEnveloped)
    {
        var id = await RecordAsync("a.csv");

        var answer = await DispatchAsync([("m1", Body(DropRecords.KeyOf("gp", "grn", id), isEnveloped))]);

        answer.BatchItemFailures.Should().BeEmpty();
        machines.Started.Should().Equal("gp/grn-20261122T193000Z");
    }

    [Fact]
    public async Task Upload_IsTakenInAndStartsNothingUntilItsRecordIsTold()
    {
        folder.Put("a b+c.csv");

        var answer = await DispatchAsync([("m1", Body("drops/gp/grn/a b+c.csv"))]);

        answer.BatchItemFailures.Should().BeEmpty();
        machines.Started.Should().BeEmpty();
        (await folder.RecordsAsync()).Should().ContainSingle().Which.Drop.Name.Should().Be("a b+c.csv");
    }

    [Fact]
    public async Task RecordThatIsGone_StartsNothing()
    {
        var answer = await DispatchAsync([("m1", Body(DropRecords.KeyOf("gp", "grn", new('a', 64))))]);

        answer.BatchItemFailures.Should().BeEmpty();
        machines.Started.Should().BeEmpty("its load is over");
    }

    [Fact]
    public async Task FeedThatRuns_IsLeftToItsEnd()
    {
        var id = await RecordAsync("a.csv");
        await machines.StartAsync("gp", "grn-20261122T180000Z", "{}", default);

        var answer = await DispatchAsync([("m1", Body(DropRecords.KeyOf("gp", "grn", id)))]);

        answer.BatchItemFailures.Should().BeEmpty();
        machines.Started.Should().ContainSingle();
    }

    [Fact]
    public async Task ExecutionOfTheSameMomentThatIsOver_HidesNothing()
    {
        var id = await RecordAsync("a.csv");
        await DispatchAsync([("m1", Body(DropRecords.KeyOf("gp", "grn", id)))]);
        machines.EndAll();

        await DispatchAsync([("m2", Body(DropRecords.KeyOf("gp", "grn", id)))]);

        machines.Started.Should().BeEquivalentTo("gp/grn-20261122T193000Z", "gp/grn-20261122T193000Z-2");
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"Records":[{"eventName":"ObjectCreated:Put"}]}""")]
    [InlineData("""{"Records":[{"eventName":"ObjectCreated:Put","s3":{"object":{"key":"%zz"}}}]}""")]
    [InlineData("""{"Type":"Notification"}""")]
    [InlineData("""{"Type":"Notification","Message":"hello"}""")]
    public async Task MessageThatIsNotUnderstood_ComesAgainAlone(string body)
    {
        var id = await RecordAsync("a.csv");

        var answer = await DispatchAsync([("bad", body), ("good", Body(DropRecords.KeyOf("gp", "grn", id)))]);

        answer.BatchItemFailures.Select(failure => failure.ItemIdentifier).Should().Equal("bad");
        machines.Started.Should().ContainSingle();
    }

    [Theory]
    [InlineData("""{"Service":"Amazon S3","Event":"s3:TestEvent"}""")]
    [InlineData("""{"Records":[{"eventName":"ObjectRemoved:Delete","s3":{"object":{"key":"drops/gp/grn/a"}}}]}""")]
    [InlineData("""{"Records":[{"eventName":"ObjectCreated:Put","s3":{"object":{"key":"landing/gp/grn/a"}}}]}""")]
    [InlineData("""{"Records":[{"eventName":"ObjectCreated:Put","s3":{"object":{"key":"drops/gp/grn/"}}}]}""")]
    [InlineData("""{"Records":[{"eventName":"ObjectCreated:Put","s3":{"object":{"key":"drops/../../x"}}}]}""")]
    [InlineData("""{"Records":[{"eventName":"ObjectCreated:Put","s3":{"object":{"key":"drops/unknown/feed/x"}}}]}""")]
    [InlineData("""{"Records":[]}""")]
    public async Task MessageOfNoConcern_IsDone(string body)
    {
        var answer = await DispatchAsync([("m1", body)]);

        answer.BatchItemFailures.Should().BeEmpty();
        machines.Started.Should().BeEmpty();
    }

    [Fact]
    public async Task FolderOfAFeedThatFails_LeavesTheOthersAlone()
    {
        var id = await RecordAsync("a.csv");
        Directory.CreateDirectory(Path.Combine(folder.Root, "drops", "pos"));
        Directory.CreateSymbolicLink(Path.Combine(folder.Root, "drops", "pos", "bill"), folder.Outside);

        var answer = await DispatchAsync(
            [("link", Body("drops/pos/bill/x.csv")), ("good", Body(DropRecords.KeyOf("gp", "grn", id)))], DropFeeds.Of(DropFeeds.Trailer(), "pos", "bill"));

        answer.BatchItemFailures.Select(failure => failure.ItemIdentifier).Should().Equal("link");
        machines.Started.Should().ContainSingle();
        log.Should().Contain(line => line.Contains("announced again"));
    }

    [Fact]
    public async Task LakeThatDoesNotAnswer_MakesTheMessageComeAgain()
    {
        folder.Put("a.csv");
        intake = new(folder.Lake, new FaultyUploads(folder.Uploads, _ => new LakeUnavailableException("Found 503.", "Nothing.", "Again.")), folder.Time);

        var answer = await DispatchAsync([("m1", Body("drops/gp/grn/a.csv"))]);

        answer.BatchItemFailures.Select(failure => failure.ItemIdentifier).Should().Equal("m1");
        log.Should().NotContain(line => line.Contains("DropsRefused"));
    }

    [Fact]
    public async Task UploadThatMayNotBeRead_IsRefusedAndKeepsNoOtherOut()
    {
        folder.Put("a.csv");
        folder.Put("b.csv");
        intake = new(folder.Lake, new FaultyUploads(folder.Uploads, name => name == "a.csv" ? new LakeAccessException("Found no right.", "It stays.", "Give it.") : null), folder.Time);

        var answer = await DispatchAsync([("m1", Body("drops/gp/grn/a.csv")), ("m2", Body("drops/gp/grn/b.csv"))]);

        answer.BatchItemFailures.Should().BeEmpty();
        (await folder.RecordsAsync()).Should().ContainSingle().Which.Drop.Name.Should().Be("b.csv");
        log.Should().Contain(line => line.Contains("DropsRefused")).And.Contain(line => line.Contains("'a.csv'") && line.Contains("no right"));
    }

    [Fact]
    public async Task ManyNotificationsInAnyOrder_StartNothingTwice()
    {
        var random = Soak.Random(output);
        var count = Soak.Count(10_000, 1_000);
        var drops = count / 20;
        var keys = new List<string>();
        for (var drop = 0; drop < drops; drop++)
        {
            keys.Add(DropRecords.KeyOf("gp", "grn", await RecordAsync($"{drop}.csv")));
        }

        var messages = Enumerable.Range(0, count).Select(_ => keys[random.Next(keys.Count)]).ToList();
        messages.AddRange(messages.Take(count / 10).ToList());
        var shuffled = messages.ToArray();
        random.Shuffle(shuffled);

        var waves = 0;
        foreach (var wave in shuffled.Chunk(count / 4))
        {
            time.Advance(TimeSpan.FromMinutes(1));
            await Parallel.ForEachAsync(wave.Chunk(25), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (batch, _) =>
                (await DispatchAsync([.. batch.Select((key, index) => ($"{index}", Body(key)))])).BatchItemFailures.Should().BeEmpty());
            machines.MostAtOnce.Should().Be(1);
            machines.Started.Should().HaveCount(++waves, "one execution takes all that is pending");
            machines.EndAll();
        }

        output.WriteLine($"{shuffled.Length} notifications of {drops} drops, {waves} executions");
    }

    private async Task<string> RecordAsync(string name)
    {
        folder.Put(name, name);
        return (await folder.Intake.TakeAsync(folder.Contract, [name], default)).Single().DropId!;
    }

    private string Body(string key, bool isEnveloped = true) => DropMessages.Of(Enveloped with { IsEnveloped = isEnveloped }, new(key, 1), time.GetUtcNow());

    private async Task<QueueBatchOutput> DispatchAsync(IReadOnlyList<(string Id, string Body)> messages, params Contract[] others)
    {
        var function = new DispatchDropFunction(new([folder.Contract, .. others]), folder.Lake, intake ?? folder.Intake, new(machines, time), new EmbeddedMetrics(time, line => log.Add(line)));
        var local = new LocalFunction("DispatchDropFunction", "DispatchDrop", "", "", 128, TimeSpan.FromMinutes(15), new Dictionary<string, string>(), "");
        var context = new InvocationContext(local, "r", new FunctionLogger("DispatchDrop", "r", line =>
        {
            lock (log)
            {
                log.Add(line);
            }
        }), time);
        return await function.DispatchDrop(new([.. messages.Select(message => new QueueMessage(message.Id, message.Body))]), context);
    }
}
