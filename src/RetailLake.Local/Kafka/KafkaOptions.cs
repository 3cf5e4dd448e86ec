namespace RetailLake.Local.Kafka;

/// <summary>Which broker is read.</summary>
public sealed record KafkaOptions
{
    /// <summary><c>host:port</c>, several with commas; null: a private broker in a process of its own.</summary>
    public string? Bootstrap { get; init; }

    /// <summary>How the broker is logged in to; empty: in plain text, and for a private broker always. See <see cref="KafkaSecurity"/>.</summary>
    public IReadOnlyDictionary<string, string> Security { get; init; } = new Dictionary<string, string>();

    /// <summary>Where the private broker listens on loopback; 0: any free port.</summary>
    public int Port { get; init; }

    /// <summary>The program whose <c>broker</c> command is the private broker; null: <c>lake</c> beside this assembly, also where a test runs the commands in its own process.</summary>
    public string? Program { get; init; }
}
