using System.Text;
using RetailLake.Core.Drops;
using RetailLake.Core.Drops.Intake;
using RetailLake.Core.Lake;
using RetailLake.Local.Drops;
using RetailLake.Local.Running;
using RetailLake.Tests.Onboarding;

namespace RetailLake.Tests.Scenarios;

#pragma warning disable CA5394 // A seed names the case, so that a failure can be repeated.
/// <summary>
/// Uploads in any order, one in ten sent twice, one in ten announced twice, through the whole chain of this machine: the end is that of one ordered
/// run and of a model, each drop is in the ledger once, and a feed never runs twice at once.
/// </summary>
public sealed class ManySmallDropsTests(ITestOutputHelper output)
{
    private static readonly string[] Feeds = [SmallDrops.Price, SmallDrops.Shelf, SmallDrops.Sale];

    [Fact]
    public async Task DropsInAnyOrder_EndAsOneOrderedRun()
    {
        var random = Soak.Random(output);
        var drops = new SmallDrops(random).Make(Soak.Count(10_000, 200));
        await using var ordered = NewLake();
        await TakeInOrderAsync(ordered, drops);
        await using var lake = NewLake();
        await lake.OpenAsync(new HurriedTime());

        var last = Feeds.Select(feed => drops.Last(drop => drop.Feed == feed)).ToList();
        await SendAsync(lake, [.. drops.Except(last)], random);
        await lake.Host.SettleAsync(default);

        // A drop that is sent again after its load leaves a record, which goes with the feed's next load.
        last.ForEach(drop => Upload(lake, drop));
        await lake.Host.SettleAsync(default);

        var executions = lake.Host.Executions.List(new(Limit: int.MaxValue));
        executions.Should().OnlyContain(execution => execution.Status == "SUCCEEDED");
        foreach (var feed in Feeds)
        {
            var ofFeed = executions.Where(execution => execution.Name.StartsWith($"{feed.Split('.')[1]}-", StringComparison.Ordinal)).OrderBy(execution => execution.Started).ToList();
            output.WriteLine($"{feed}: {ofFeed.Count} executions, {drops.Count(drop => drop.Feed == feed)} drops; {string.Join(", ", await lake.QueryAsync($"SELECT outcome, COUNT(*) FROM ops.drop_ledger WHERE contract = '{feed}' GROUP BY outcome ORDER BY outcome"))}");
            ofFeed.Zip(ofFeed.Skip(1)).Should().NotContain(pair => !(pair.First.Stopped <= pair.Second.Started), "a feed runs once at a time");
            (await RowsAsync(lake, feed)).Should().Equal(SmallDrops.Expected(feed, drops), "the model says so");
            (await DumpAsync(lake, feed)).Should().Equal(await DumpAsync(ordered, feed), "one ordered run says so");
            await LedgerAsync(lake, feed, [.. drops.Where(drop => drop.Feed == feed)]);
        }

        await BooksAsync(lake);
        Directory.EnumerateFiles(Path.Combine(lake.Home.Lake, "drops"), "*", SearchOption.AllDirectories).Should().BeEmpty("every upload was taken in, and every record went with its load");
        lake.Host.Drops.DeadLetters.Read("DropQueue").Should().BeEmpty();
    }

    /// <summary>All drops land in the order of their versions before anything runs; then one execution of each feed takes them.</summary>
    private static async Task TakeInOrderAsync(FilesLake lake, IReadOnlyList<SmallDrop> drops)
    {
        var time = new HurriedTime(1000);
        var objects = new FileSystemLake(new Uri(lake.Home.Lake).AbsoluteUri);
        var contracts = HostContracts.Load([lake.Contracts]);
        var intake = new DropIntake(objects, new FileSystemUploads(objects, time), time);
        foreach (var wave in Waves(drops))
        {
            wave.ForEach(drop => Upload(lake, drop));
            foreach (var feed in Feeds)
            {
                (await intake.SweepAsync(contracts.Get(feed), default)).Should().NotContain(result => result.Outcome != IntakeOutcome.Taken);
            }
        }

        await lake.OpenAsync(time);
        await lake.Host.SettleAsync(default);
        (await lake.QueryAsync("SELECT contract, COUNT(*) FROM ops.load_ledger GROUP BY contract ORDER BY contract")).Should().Equal("gp.price|1", "gp.sale|1", "gp.shelf|1");
    }

    /// <summary>A folder holds one file of a name: the versions of a name are in different waves, in their order.</summary>
    private static IEnumerable<List<SmallDrop>> Waves(IReadOnlyList<SmallDrop> drops) => drops
        .GroupBy(drop => (drop.Feed, drop.Name)).SelectMany(versions => versions.Select((drop, index) => (drop, index)))
        .GroupBy(one => one.index, one => one.drop).OrderBy(wave => wave.Key).Select(wave => wave.ToList());

    private static async Task SendAsync(FilesLake lake, IReadOnlyList<SmallDrop> drops, Random random)
    {
        SmallDrop[] deliveries = [.. drops, .. drops.Where(_ => random.Next(10) == 0)];
        random.Shuffle(deliveries);
        Queue<SmallDrop> waiting = new(deliveries);
        List<SmallDrop> sent = [];
        List<Task> announced = [];
        for (var held = 0; waiting.TryDequeue(out var drop);)
        {
            if (File.Exists(Path.Combine(Inbox(lake, drop.Feed), drop.Name)))
            {
                // What the sender replaces before anybody saw it never was a drop.
                waiting.Enqueue(drop);
                await Task.Delay(++held > waiting.Count ? 20 : 0);
                continue;
            }

            held = 0;
            Upload(lake, drop);
            sent.Add(drop);
            if (sent.Count % 50 == 0)
            {
                announced.Add(AnnounceAgainAsync(lake.Host, [.. Enumerable.Range(0, 5).Select(_ => sent[random.Next(sent.Count)])]));
            }
        }

        await Task.WhenAll(announced);
    }

    /// <summary>SNS and SQS deliver at least once, and more than one reader may have a message: upload and record, beside the queue's own reader.</summary>
    private static async Task AnnounceAgainAsync(LakeHost host, IReadOnlyList<SmallDrop> drops)
    {
        var now = TimeProvider.System.GetUtcNow();
        var notification = host.Application.Notifications.Single();
        var messages = drops.SelectMany(drop => new[] { drop.Name, $"{drop.Id}{DropRecords.Suffix}" }, (drop, name) => $"drops/{drop.Feed.Replace('.', '/')}/{name}")
            .Select((key, index) => new QueuedMessage($"{index}", DropMessages.Of(notification, new(key, 1), now), now, 1)).ToList();
        var batch = DropMessages.Batch(host.Application.QueueReaders.Single().Queue, messages).ToJsonString();
        var answer = await host.Functions.InvokeAsync("DispatchDropFunction", Encoding.UTF8.GetBytes(batch), default);
        answer.Error.Should().BeNull();
        Encoding.UTF8.GetString(answer.Payload).Should().Contain("\"batchItemFailures\":[]");
    }

    private static async Task LedgerAsync(FilesLake lake, string feed, IReadOnlyList<SmallDrop> drops)
    {
        (await lake.QueryAsync($"SELECT drop_id FROM ops.drop_ledger WHERE contract = '{feed}' ORDER BY drop_id")).Should().Equal(drops.Select(drop => drop.Id).Order(StringComparer.Ordinal), "each drop is told once");
        (await lake.QueryAsync($"SELECT drop_id FROM ops.drop_ledger WHERE contract = '{feed}' AND outcome = 'refused' ORDER BY drop_id")).Should()
            .Equal(drops.Where(drop => drop.IsBroken).Select(drop => drop.Id).Order(StringComparer.Ordinal));
    }

    private static async Task BooksAsync(FilesLake lake)
    {
        (await lake.QueryAsync(
            """
            SELECT work_id, table_name, measure FROM ops.load_balance
            WHERE source <> landed OR landed <> valid + rejected OR valid <> staged OR staged <> inserted + replaced + superseded + duplicate + held + deleted OR published <> inserted + replaced
            """)).Should().BeEmpty();
        (await lake.QueryAsync("SELECT work_id FROM ops.load_ledger GROUP BY work_id HAVING COUNT(*) > 1")).Should().BeEmpty();
        foreach (var feed in Feeds)
        {
            (await lake.ValueAsync($"SELECT CAST(SUM(inserted - swept) AS BIGINT) FROM ops.load_balance WHERE contract = '{feed}' AND measure = 'rows'")).Should().Be(await lake.ValueAsync($"SELECT COUNT(*) FROM {feed}"), feed);
        }
    }

    private static async Task<IReadOnlyList<string>> RowsAsync(FilesLake lake, string feed)
    {
        var key = feed switch { SmallDrops.Price => "sku", SmallDrops.Shelf => "shelf, place", _ => "store, day, item" };
        return [.. (await lake.QueryAsync($"SELECT CONCAT_WS(',', {key}, CAST(amount AS VARCHAR), _version) FROM {feed}")).Order(StringComparer.Ordinal)];
    }

    /// <summary>Every column but what depends on the run.</summary>
    private static Task<IReadOnlyList<string>> DumpAsync(FilesLake lake, string feed) => lake.QueryAsync($"SELECT * EXCLUDE (_run, _loaded_at) FROM {feed} ORDER BY ALL");

    private static FilesLake NewLake()
    {
        var lake = new FilesLake();
        SmallDrops.Contracts.ToList().ForEach(lake.Write);
        return lake;
    }

    private static void Upload(FilesLake lake, SmallDrop drop) => lake.Upload(drop.Feed, drop.Name, drop.Content, drop.Modified);

    private static string Inbox(FilesLake lake, string feed) => Path.Combine(lake.Home.Lake, "drops", feed.Replace('.', Path.DirectorySeparatorChar));
}
