using RetailLake.Core.Streams;
using RetailLake.Local.Kafka;
using RetailLake.Tests.Scenarios;
using RetailLake.Tests.Streams;

namespace RetailLake.Tests.Kafka;

/// <summary>The real host, the real protocol: what a producer sends has landed, to the byte; what a broker lost is never skipped.</summary>
public sealed class StreamHostTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly StreamLake lake = new();
    private readonly KafkaBroker broker = KafkaBroker.Start(0, _ => { });

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await lake.DisposeAsync();
        await broker.DisposeAsync();
    }

    [Fact]
    public async Task RecordsOfAllKinds_LandAsTheyWereSent_BeforeAndWhileItIsUp()
    {
        var random = Soak.Random(output);
        using var producer = StreamLake.Producer(broker.Bootstrap);
        List<StreamRecord>[] sent = [.. Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, 200).Select(offset => Any(random, offset)).ToList())];
        await SendAsync(producer, sent, 0, 100);

        await lake.OpenAsync(new() { Bootstrap = broker.Bootstrap });
        await SendAsync(producer, sent, 100, 100);

        for (var partition = 0; partition < sent.Length; partition++)
        {
            await lake.LandedAsync(partition, 199);
            ShouldEqual(await lake.RecordsAsync(partition), sent[partition]);
        }

        lake.Warned.Should().BeEmpty();
        lake.Host!.Streams!.Partitions.Should().OnlyContain(status => status.Lag == 0 && status.Lost == null);
    }

    [Fact]
    public async Task LargestRecordThatTheBrokerKeeps_LandsWholeAmongItsNeighbours()
    {
        var large = new byte[4_900_000];
        Soak.Random(output).NextBytes(large);
        List<StreamRecord> sent = [Segments.Record(0), Segments.Record(1) with { Value = large }, Segments.Record(2)];
        using var producer = StreamLake.Producer(broker.Bootstrap);
        await lake.OpenAsync(new() { Bootstrap = broker.Bootstrap });

        // One by one: the broker forgets the oldest beyond 5 MB.
        foreach (var record in sent)
        {
            await StreamLake.SendAsync(producer, 0, [record]);
            await lake.LandedAsync(0, record.Offset);
        }

        ShouldEqual(await lake.RecordsAsync(0), sent);
        lake.Warned.Should().BeEmpty();
    }

    [Fact]
    public async Task NextStart_ReadsOnFromWhatLanded()
    {
        using var producer = StreamLake.Producer(broker.Bootstrap);
        await StreamLake.SendAsync(producer, 0, [.. Enumerable.Range(0, 50).Select(offset => Segments.Record(offset))]);
        await lake.OpenAsync(new() { Bootstrap = broker.Bootstrap });
        await lake.LandedAsync(0, 49);
        await lake.CloseAsync();
        await StreamLake.SendAsync(producer, 0, [.. Enumerable.Range(50, 50).Select(offset => Segments.Record(offset))]);

        await lake.OpenAsync(new() { Bootstrap = broker.Bootstrap });
        await lake.LandedAsync(0, 99);

        (await lake.RecordsAsync(0)).Select(record => record.Offset).Should().Equal(Enumerable.Range(0, 100).Select(offset => (long)offset));
        lake.Warned.Should().BeEmpty();
    }

    [Fact]
    public async Task TopicMadeAnew_IsRefusedLoudly_UntilItsRecordsAreBack()
    {
        List<StreamRecord> records = [.. Enumerable.Range(0, 60).Select(offset => Segments.Record(offset))];
        using (var producer = StreamLake.Producer(broker.Bootstrap))
        {
            await StreamLake.SendAsync(producer, 0, records[..50]);
            await lake.OpenAsync(new() { Bootstrap = broker.Bootstrap });
            await lake.LandedAsync(0, 49);
            await lake.CloseAsync();
        }

        await using var empty = KafkaBroker.Start(0, _ => { });
        using var other = StreamLake.Producer(empty.Bootstrap);
        await StreamLake.SendAsync(other, 0, records[..10]);
        await lake.OpenAsync(new() { Bootstrap = empty.Bootstrap });
        await StreamLake.UntilAsync(() => lake.Host!.Streams!.Partitions.Any(status => status.Lost is not null));
        await lake.WarnedAsync(1);

        lake.Host!.Streams!.IsIdle.Should().BeFalse("records wait that nobody reads");
        lake.Warned.Should().ContainSingle().Which.Should().Contain("ends before offset 10, expected more than 49").And.Contain("Nothing of it is read or skipped");
        await StreamLake.SendAsync(other, 0, records[10..]);
        await lake.LandedAsync(0, 59);
        (await lake.RecordsAsync(0)).Select(record => record.Offset).Should().Equal(records.Select(record => record.Offset));
        await lake.WarnedAsync(2);
        lake.Warned.Should().HaveCount(2).And.Subject.Last().Should().Contain("is there again from offset 49");
    }

    [Fact]
    public async Task OtherRecordsUnderLandedOffsets_AreNotLanded()
    {
        using (var producer = StreamLake.Producer(broker.Bootstrap))
        {
            await StreamLake.SendAsync(producer, 0, [.. Enumerable.Range(0, 10).Select(offset => Segments.Record(offset))]);
            await lake.OpenAsync(new() { Bootstrap = broker.Bootstrap });
            await lake.LandedAsync(0, 9);
            await lake.CloseAsync();
        }

        await using var another = KafkaBroker.Start(0, _ => { });
        using var other = StreamLake.Producer(another.Bootstrap);
        await StreamLake.SendAsync(other, 0, [.. Enumerable.Range(0, 30).Select(offset => Segments.Record(offset, "another topic's"))]);
        await lake.OpenAsync(new() { Bootstrap = another.Bootstrap });
        await StreamLake.UntilAsync(() => File.ReadLines(lake.Home.Log).Count(line => line.Contains("were not landed and come again: Found a record of offset 9 of 'pos.bill-0'", StringComparison.Ordinal)) > 2);

        (await lake.RecordsAsync(0)).Should().HaveCount(10).And.OnlyContain(record => record.Value!.Value.Length == 2);
        lake.Host!.Streams!.IsIdle.Should().BeFalse("records wait that cannot be landed");
    }

    [Fact]
    public async Task RecordsThatLeftTheBrokerBeforeTheyLanded_AreNotSkippedOver()
    {
        using var producer = StreamLake.Producer(broker.Bootstrap);
        await StreamLake.SendAsync(producer, 0, [.. Enumerable.Range(0, 10).Select(offset => Segments.Record(offset))]);
        await lake.OpenAsync(new() { Bootstrap = broker.Bootstrap });
        await lake.LandedAsync(0, 9);
        await lake.CloseAsync();

        // The mock keeps five megabytes of a partition.
        for (var offset = 10; offset < 30; offset++)
        {
            await StreamLake.SendAsync(producer, 0, Segments.Record(offset, new('x', 900_000)));
        }

        await lake.OpenAsync(new() { Bootstrap = broker.Bootstrap });
        await lake.WarnedAsync(1);

        lake.Warned[0].Should().Contain("expected 10").And.Contain("left the broker before they landed");
        (await lake.RecordsAsync(0)).Should().HaveCount(10);
    }

    [Fact]
    public async Task PrivateBroker_GoesOnWhereLandingEnds()
    {
        for (var start = 0; start < 3; start++)
        {
            await lake.OpenAsync(new());
            var process = lake.Host!.Streams!.BrokerProcessId!.Value;
            using (var producer = StreamLake.Producer(lake.Host.Streams.Bootstrap))
            {
                await StreamLake.SendAsync(producer, 2, [.. Enumerable.Range(start * 40, 40).Select(offset => Segments.Record(offset))]);
            }

            await lake.LandedAsync(2, (start * 40) + 39);
            await lake.CloseAsync();
            FluentActions.Invoking(() => System.Diagnostics.Process.GetProcessById(process)).Should().Throw<ArgumentException>("the broker ends with the host");
        }

        (await lake.RecordsAsync(2)).Select(record => record.Offset).Should().Equal(Enumerable.Range(0, 120).Select(offset => (long)offset));
        lake.Warned.Should().BeEmpty();
    }

    [Fact]
    public async Task BrokerThatDies_IsWaitedFor()
    {
        List<StreamRecord> records = [.. Enumerable.Range(0, 60).Select(offset => Segments.Record(offset))];
        var first = await BrokerProcess.StartAsync(Repository.Lake, lake.State, 0, default);
        var port = int.Parse(first.Bootstrap.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);
        using (var producer = StreamLake.Producer(first.Bootstrap))
        {
            await StreamLake.SendAsync(producer, 0, records[..30]);
            await lake.OpenAsync(new() { Bootstrap = first.Bootstrap });
            await lake.LandedAsync(0, 29);
        }

        await first.KillAsync();
        await first.DisposeAsync();
        await using var second = await BrokerProcess.StartAsync(Repository.Lake, lake.State, port, default);
        using var other = StreamLake.Producer(second.Bootstrap);
        await StreamLake.SendAsync(other, 0, records);
        await lake.LandedAsync(0, 59);

        (await lake.RecordsAsync(0)).Select(record => record.Offset).Should().Equal(records.Select(record => record.Offset));
    }

    private static async Task SendAsync(Confluent.Kafka.IProducer<byte[]?, byte[]?> producer, List<StreamRecord>[] records, int from, int count)
    {
        for (var partition = 0; partition < records.Length; partition++)
        {
            await StreamLake.SendAsync(producer, partition, records[partition].GetRange(from, count));
        }
    }

    private static StreamRecord Any(Random random, long offset) => Segments.Any(random, offset) with { TimestampKind = TimestampKind.CreateTime, Timestamp = 1_795_376_405_120 + offset };

    private static void ShouldEqual(List<StreamRecord> landed, List<StreamRecord> sent) => Segments.Write(landed).Should().Equal(Segments.Write(sent));
}
