using RetailLake.Local.Demo.Pos;
using RetailLake.Local.Kafka;
using RetailLake.Tests.Scenarios;

namespace RetailLake.Tests.Kafka;

/// <summary>kill -9 of <c>lake up</c> under load, at any moment: the next start reads on, and at the end every record is there, once.</summary>
public sealed class KilledStreamTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int BillsPerSecond = 500;

    private readonly StreamLake lake = new(StreamLake.Bills);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => lake.DisposeAsync();

    [Fact]
    public async Task RunnerKilledAtAnyMoment_LosesAndDoublesNoBill()
    {
        var random = Soak.Random(output);
        var kills = Soak.Count(50, 3);
        await using var broker = await BrokerProcess.StartAsync(Repository.Lake, lake.State, 0, default);
        LandedFolder landed = new(lake.Home);
        await using Tills tills = new(broker.Bootstrap, Path.Combine(lake.State, "tills"), 11, landed.EndOf, TimeProvider.System, output.WriteLine);
        tills.Start(BillsPerSecond, kills * 3L * BillsPerSecond);
        for (var kill = 0; kill < kills; kill++)
        {
            await using var up = UpProcess.Start(lake.App, lake.Home, "--kafka", broker.Bootstrap);
            if (kill % 5 > 0)
            {
                await up.SaysAsync("from Kafka at ");
            }

            await Task.Delay(random.Next(50, 3_000));
            await up.KillAsync();
            output.WriteLine($"killed at {tills.Records} records, {Enumerable.Range(0, Tills.Partitions).Sum(partition => landed.EndOf(StreamLake.Of(partition)) + 1)} landed");
        }

        await lake.OpenAsync(new() { Bootstrap = broker.Bootstrap });
        await StreamLake.UntilAsync(() => tills.Bills == kills * 3L * BillsPerSecond && tills.IsSent);
        for (var partition = 0; partition < Tills.Partitions; partition++)
        {
            await lake.LandedAsync(partition, tills.EndOf(partition) - 1);
            (await lake.RecordsAsync(partition)).Select(record => (record.Offset, record.Timestamp)).Should().Equal(
                Enumerable.Range(0, (int)tills.EndOf(partition)).Select(offset => ((long)offset, tills.SentAt(partition, offset))));
        }

        await lake.ShouldHoldAsync(tills);
        lake.Warned.Should().BeEmpty();
    }
}
