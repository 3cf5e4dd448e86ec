using System.CommandLine;
using RetailLake.Local.Kafka;

namespace RetailLake.Cli;

/// <summary>Options of the commands that stay up and read topics.</summary>
internal sealed class KafkaSettings
{
    private readonly Option<string?> bootstrap = new("--kafka") { Description = "Broker to read, host:port (KAFKA_BOOTSTRAP; default: a private one, which forgets all when lake ends).", HelpName = "HOST:PORT" };

    private readonly Option<int> port = new("--kafka-port") { Description = "Port of the private broker on 127.0.0.1; 0 takes a free one.", HelpName = "PORT" };

    public void AddTo(Command command)
    {
        command.Options.Add(bootstrap);
        command.Options.Add(port);
    }

    public KafkaOptions Read(ParseResult parsed) => new()
    {
        Bootstrap = parsed.GetValue(bootstrap) ?? (Environment.GetEnvironmentVariable("KAFKA_BOOTSTRAP") is { Length: > 0 } set ? set : null),
        Port = parsed.GetValue(port),
    };
}
