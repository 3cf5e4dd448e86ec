namespace RetailLake.Local.Servers;

public sealed record MariaDbOptions
{
    /// <summary>Everything the server writes: data, socket, log, passwords.</summary>
    public required string DataDir { get; init; }

    public string ToolsDir { get; init; } = ToolsFolder.Default;

    /// <summary>0 takes a free one.</summary>
    public int Port { get; init; }

    public int InnodbBufferPoolMb { get; init; } = 256;

    /// <summary>Not strict: zero dates and cut values, as old sources hold them, must be storable.</summary>
    public string SqlMode { get; init; } = "NO_ENGINE_SUBSTITUTION";

    public string TimeZone { get; init; } = "+05:30";

    public IReadOnlyList<string> MoreArguments { get; init; } = [];
}
