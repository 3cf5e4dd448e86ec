using RetailLake.Core.Streams;
using RetailLake.Local.Demo.Pos;
using RetailLake.Local.Kafka;
using RetailLake.Tests.Scenarios;

namespace RetailLake.Tests.Kafka;

/// <summary>Tills, a broker that dies, and a host that reads it: what the tills logged has landed, each record at its offset.</summary>
public sealed class TillsTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly StreamLake lake = new(StreamLake.Bills);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => lake.DisposeAsync();

    [Fact]
    public async Task BrokerKilledUnderLoad_LosesAndDoublesNothing()
    {
        var random = Soak.Random(output);
        var kills = Soak.Count(20, 2);
        var broker = await BrokerProcess.StartAsync(Repository.Lake, lake.State, 0, default);
        var port = int.Parse(broker.Bootstrap.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);
        await lake.OpenAsync(new() { Bootstrap = broker.Bootstrap });
        await using Tills tills = new(broker.Bootstrap, Path.Combine(lake.State, "tills"), 3, Landed, TimeProvider.System, output.WriteLine);
        tills.Start(500, 1_500 * kills);
        for (var kill = 0; kill < kills; kill++)
        {
            await Task.Delay(random.Next(200, 1_500));
            await broker.KillAsync();
            await broker.DisposeAsync();
            output.WriteLine($"killed at {tills.Records} records, {lake.Host!.Streams!.Partitions.Sum(status => status.Landed + 1)} landed");
            broker = await BrokerProcess.StartAsync(Repository.Lake, lake.State, port, default);
        }

        await StreamLake.UntilAsync(() => tills.Bills == 1_500 * kills && tills.IsSent);
        for (var partition = 0; partition < Tills.Partitions; partition++)
        {
            await lake.LandedAsync(partition, tills.EndOf(partition) - 1);
            (await lake.RecordsAsync(partition)).Select(record => (record.Offset, record.Timestamp)).Should().Equal(
                Enumerable.Range(0, (int)tills.EndOf(partition)).Select(offset => ((long)offset, tills.SentAt(partition, offset))));
        }

        await lake.ShouldHoldAsync(tills);
        await broker.DisposeAsync();
    }

    private long Landed(TopicPartition of) => lake.Host!.Streams!.Partitions.FirstOrDefault(status => status.Of == of)?.Landed ?? -1;
}
