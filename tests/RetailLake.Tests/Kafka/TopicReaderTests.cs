using System.Text.Json.Nodes;
using RetailLake.Core.Lake;
using RetailLake.Local.Kafka;
using RetailLake.Tests.Local;
using RetailLake.Tests.Streams;

namespace RetailLake.Tests.Kafka;

public sealed class TopicReaderTests
{
    [Fact]
    public async Task WhateverItMeets_IsTold_AndEverythingIsReadAgainFromWhatLanded()
    {
        using TemporaryFolder folder = new();
        await using var broker = KafkaBroker.Start(0, _ => { });
        using var producer = StreamLake.Producer(broker.Bootstrap);
        await StreamLake.SendAsync(producer, 0, [.. Enumerable.Range(0, 10).Select(offset => Segments.Record(offset))]);
        await StreamLake.SendAsync(producer, 1, [.. Enumerable.Range(0, 5).Select(offset => Segments.Record(offset))]);
        List<string> warned = [];
        List<long> given = [];
        var invocations = 0;
        StreamNotices notices = new(_ => { }, Add(warned), _ => { });
        BatchDelivery delivery = new(Polled.Mapping, broker.Bootstrap, (payload, _) => Interlocked.Increment(ref invocations) == 2 ? throw new InvalidOperationException("no room") : Give(payload), (_, _) => Task.FromResult(false), TimeProvider.System);
        var mapping = Polled.Mapping with { BatchSize = 4, Window = TimeSpan.FromMilliseconds(100) };
        using TopicReader reader = new(mapping, [new("pos.bill", "pos", "bill")], KafkaClients.Consumer(broker.Bootstrap, _ => { }), delivery, new(new FileSystemLake(new Uri(folder.Path).AbsoluteUri)), notices, TimeProvider.System);
        using CancellationTokenSource stopping = new();
        var running = Task.Run(() => reader.Run(stopping.Token));

        await StreamLake.UntilAsync(() => reader.IsCaughtUp && reader.Partitions.Sum(partition => partition.Landed + 1) == 15);
        await stopping.CancelAsync();
        await running;

        warned.Should().HaveCount(2);
        warned[0].Should().Contain("Found InvalidOperationException while topics of 'PosTopicMapping' were read: no room").And.Contain("Nothing is skipped");
        warned[1].Should().Contain("are read again");
        given.Distinct().Should().HaveCount(15, "each record is given at least once");

        Task<InvokedBatch> Give(byte[] payload)
        {
            given.AddRange(JsonNode.Parse(payload)!["records"]!.AsObject().SelectMany(pair => pair.Value!.AsArray()).Select(record => (record!["partition"]!.GetValue<long>() * 100) + record["offset"]!.GetValue<long>()));
            return Task.FromResult(new InvokedBatch("""{"batchItemFailures":[]}"""u8.ToArray(), null, "r"));
        }
    }

    private static Action<string> Add(List<string> told) => told.Add;
}
