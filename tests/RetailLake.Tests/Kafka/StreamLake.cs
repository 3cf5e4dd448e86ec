using Confluent.Kafka;
using RetailLake.Core.Streams;
using RetailLake.Local.Demo.Pos;
using RetailLake.Local.Demonstration;
using RetailLake.Local.Home;
using RetailLake.Local.Kafka;
using RetailLake.Local.Running;
using RetailLake.Tests.Contracts.Streams;
using RetailLake.Tests.Local;
using RetailLake.Tests.Scenarios;
using RetailLake.Tests.Streams;
using TopicPartition = RetailLake.Core.Streams.TopicPartition;

namespace RetailLake.Tests.Kafka;

/// <summary>The real host over a contract of a topic, and a broker to read.</summary>
internal sealed class StreamLake : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder folder = new();

    /// <param name="contract">Null: one whose rows nobody looks at.</param>
    public StreamLake(string? contract = null)
    {
        folder.Write("app/contracts/pos/bill.odcs.yaml", contract ?? StreamContractTests.Yaml);
        File.CreateSymbolicLink(Path.Combine(App, "template.yaml"), Repository.Path("template.yaml"));
        Directory.CreateSymbolicLink(Path.Combine(App, "statemachines"), Repository.Path("statemachines"));
        Directory.CreateSymbolicLink(Path.Combine(App, "stacks"), Repository.Path("stacks"));
        Home = new LakeHome(Path.Combine(folder.Path, "home")).Create();
    }

    /// <summary>The demo's own contract.</summary>
    public static string Bills => File.ReadAllText(Repository.Path("contracts", "pos", "bill.odcs.yaml"));

    /// <summary>An application of the test's own contract.</summary>
    public string App => Path.Combine(folder.Path, "app");

    public LakeHome Home { get; }

    public List<string> Warned { get; } = [];

    public LakeHost? Host { get; private set; }

    public string State => Path.Combine(folder.Path, "broker");

    public async Task OpenAsync(KafkaOptions kafka)
    {
        Host = await LakeHost.OpenAsync(
            new() { App = App, Home = Home, ContractFolders = [Path.Combine(App, "contracts")], MemoryLimit = "256MB", Time = new HurriedTime() }, HostMode.Working, default);
        await Host.StartStreamsAsync(kafka with { Program = Repository.Lake }, Warn, default);

        void Warn(string text)
        {
            lock (Warned)
            {
                Warned.Add(text);
            }
        }
    }

    /// <summary>Waits until so many warnings were given.</summary>
    public Task WarnedAsync(int count) => UntilAsync(() =>
    {
        lock (Warned)
        {
            return Warned.Count >= count;
        }
    });

    public async Task CloseAsync()
    {
        await (Host?.DisposeAsync() ?? ValueTask.CompletedTask);
        Host = null;
    }

    public static async Task UntilAsync(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!holds())
        {
            await Task.Delay(20, patience.Token);
        }
    }

    /// <summary>Waits until so many records of the partition have landed.</summary>
    public async Task LandedAsync(int partition, long last)
    {
        try
        {
            await UntilAsync(() => Host!.Streams!.Partitions.Any(status => status.Of.Partition == partition && status.Landed == last));
        }
        catch (OperationCanceledException)
        {
            string.Join('\n', Host!.Streams!.Partitions).Should().Be($"partition {partition} landed to {last}\n{await File.ReadAllTextAsync(Home.Log)}");
        }
    }

    /// <summary>The warehouse, when all is loaded, has what the tills planted.</summary>
    public async Task ShouldHoldAsync(Tills tills)
    {
        using var patience = new CancellationTokenSource(Patience * 2);
        await Host!.SettleAsync(patience.Token);
        foreach (var expected in tills.Planted())
        {
            (await PlantedComparison.OfAsync(Host, expected, default)).Differences.Should().BeEmpty(expected.Table);
        }
    }

    /// <summary>Everything landed of a partition, each offset once.</summary>
    public async Task<List<StreamRecord>> RecordsAsync(int partition)
    {
        SortedDictionary<long, StreamRecord> records = [];
        var lake = new Core.Lake.FileSystemLake(new Uri(Home.Lake).AbsoluteUri);
        await foreach (var segment in SegmentKey.BeyondAsync(lake, "pos", "bill", new("pos.bill", partition), -1, default))
        {
            using var bytes = new MemoryStream();
            await using (var stored = await lake.OpenReadAsync(segment.Key, default))
            {
                await stored!.CopyToAsync(bytes);
            }

            foreach (var record in Segments.Read(bytes.ToArray()))
            {
                records.TryAdd(record.Offset, record);
            }
        }

        return [.. records.Values];
    }

    public static IProducer<byte[]?, byte[]?> Producer(string bootstrap) => KafkaClients.Producer(bootstrap, _ => { });

    public static async Task SendAsync(IProducer<byte[]?, byte[]?> producer, int partition, params IReadOnlyList<StreamRecord> records)
    {
        List<Task> sent = [];
        foreach (var record in records)
        {
            Headers headers = [];
            foreach (var header in record.Headers)
            {
                headers.Add(System.Text.Encoding.UTF8.GetString(header.Name.Span), header.Value?.ToArray());
            }

            sent.Add(producer.ProduceAsync(
                new Confluent.Kafka.TopicPartition("pos.bill", partition),
                new() { Key = record.Key?.ToArray(), Value = record.Value?.ToArray(), Headers = headers, Timestamp = new(record.Timestamp, TimestampType.CreateTime) }));
        }

        await Task.WhenAll(sent);
    }

    /// <summary>A test's own partition of the topic.</summary>
    public static TopicPartition Of(int partition) => new("pos.bill", partition);

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        folder.Dispose();
    }
}
