using System.CommandLine;
using RetailLake.Local.Kafka;
using RetailLake.Local.Running;

namespace RetailLake.Cli;

/// <summary>Options of the commands that stay up and read topics.</summary>
/// <param name="takesLogin">The command only reads: the demo's tills log in nowhere.</param>
internal sealed class KafkaSettings(bool takesLogin)
{
    private readonly Option<string?> bootstrap = new("--kafka") { Description = "Broker to read, host:port (KAFKA_BOOTSTRAP; default: a private one, which forgets all when lake ends).", HelpName = "HOST:PORT" };

    private readonly Option<int> port = new("--kafka-port") { Description = "Port of the private broker on 127.0.0.1; 0 takes a free one.", HelpName = "PORT" };

    private readonly Option<string?> config = new("--kafka-config") { Description = "How to log in to the broker of --kafka: librdkafka's security.protocol, sasl.* and ssl.* (KAFKA_CONFIG).", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        if (takesLogin)
        {
            command.Options.Add(config);
        }

        command.Options.Add(bootstrap);
        command.Options.Add(port);
    }

    /// <exception cref="CommandRefusedException">The file of <c>--kafka-config</c> cannot be taken, or there is no broker to log in to.</exception>
    public KafkaOptions Read(ParseResult parsed, Terminal terminal)
    {
        var broker = parsed.GetValue(bootstrap) ?? Variable("KAFKA_BOOTSTRAP");
        var file = (takesLogin ? parsed.GetValue(config) : null) ?? Variable("KAFKA_CONFIG");
        if (file is not null && (broker is null || !takesLogin))
        {
            throw new CommandRefusedException(
                $"Found a login for Kafka, expected none: {(takesLogin ? "the private broker has none, and no other is named" : "the demo's tills log in nowhere")}.",
                "Nothing was read from Kafka.",
                takesLogin ? "Name the broker with --kafka, or leave out --kafka-config and KAFKA_CONFIG." : "Unset KAFKA_CONFIG.");
        }

        return new()
        {
            Bootstrap = broker,
            Security = file is null ? new Dictionary<string, string>() : KafkaSecurity.Read(terminal.Resolve(file)),
            Port = parsed.GetValue(port),
        };
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
