using System.CommandLine;
using RetailLake.Local.Kafka;

namespace RetailLake.Cli;

/// <summary>Options of the commands that stay up and read topics.</summary>
internal sealed class KafkaSettings
{
    private readonly Option<string?> bootstrap = new("--kafka") { Description = "Broker to read, host:port (KAFKA_BOOTSTRAP; default: a private one, which forgets all when lake ends).", HelpName = "HOST:PORT" };

    private readonly Option<int> port = new("--kafka-port") { Description = "Port of the private broker on 127.0.0.1; 0 takes a free one.", HelpName = "PORT" };

    private readonly Option<double> cadence = new("--cadence") { Description = "Seconds from one load of a topic's feed to the next, at least; 0: as soon as records land.", HelpName = "SECONDS" };

    public void AddTo(Command command)
    {
        command.Options.Add(bootstrap);
        command.Options.Add(port);
        command.Options.Add(cadence);
    }

    public KafkaOptions Read(ParseResult parsed) => new()
    {
        Bootstrap = parsed.GetValue(bootstrap) ?? (Environment.GetEnvironmentVariable("KAFKA_BOOTSTRAP") is { Length: > 0 } set ? set : null),
        Port = parsed.GetValue(port),
        Cadence = TimeSpan.FromSeconds(parsed.GetValue(cadence)),
    };
}
