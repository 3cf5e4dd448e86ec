using System.Globalization;
using Confluent.Kafka;

namespace RetailLake.Local.Kafka;

/// <summary>
/// librdkafka's mock cluster as a broker for one machine: the real protocol, topics made by the first record, four partitions each, everything in memory. A
/// partition keeps 5 MB and forgets what is older, and all is gone with the process.
/// </summary>
public sealed class KafkaBroker : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly IAdminClient cluster;
    private readonly BootstrapRelay relay;

    private KafkaBroker(IAdminClient cluster, BootstrapRelay relay)
    {
        this.cluster = cluster;
        this.relay = relay;
    }

    public string Bootstrap => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{relay.Port}");

    /// <param name="port">0: any free port.</param>
    public static KafkaBroker Start(int port, Action<string> log)
    {
        ArgumentNullException.ThrowIfNull(log);
        var cluster = new AdminClientBuilder(new Dictionary<string, string>
        {
            ["test.mock.num.brokers"] = "1",
            // Demanded by the wrapper; the mock cluster takes its place.
            ["bootstrap.servers"] = "127.0.0.1:0",
            ["receive.message.max.bytes"] = (KafkaClients.LargestRecord + (1 << 20)).ToString(CultureInfo.InvariantCulture),
        }).SetLogHandler((_, line) =>
        {
            if (line.Level <= SyslogLevel.Error)
            {
                log(line.Message);
            }
        }).Build();
        try
        {
            // The mock chooses its port itself; clients find it by asking the one that we chose.
            return new(cluster, BootstrapRelay.Start(port, cluster.GetMetadata(Patience).Brokers.Single().Port));
        }
        catch
        {
            cluster.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await relay.DisposeAsync();
        cluster.Dispose();
    }
}
