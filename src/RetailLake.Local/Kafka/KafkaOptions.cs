namespace RetailLake.Local.Kafka;

/// <summary>Which broker is read, and how soon what landed is loaded.</summary>
public sealed record KafkaOptions
{
    /// <summary><c>host:port</c>, several with commas; null: a private broker in a process of its own.</summary>
    public string? Bootstrap { get; init; }

    /// <summary>Where the private broker listens on loopback; 0: any free port.</summary>
    public int Port { get; init; }

    /// <summary>From the start of one execution of a feed to that of the next, at least; zero: one after the other, as long as records land.</summary>
    public TimeSpan Cadence { get; init; } = TimeSpan.Zero;

    /// <summary>The program whose <c>broker</c> command is the private broker; null: this one.</summary>
    public string? Program { get; init; }
}
