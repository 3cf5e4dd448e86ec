namespace RetailLake.Local.Servers;

public sealed record SftpOptions
{
    /// <summary>The folder that a client sees first.</summary>
    public required string Folder { get; init; }

    /// <summary>Keys, settings and log.</summary>
    public required string StateDir { get; init; }

    public string ToolsDir { get; init; } = ToolsFolder.Default;

    /// <summary>0 takes a free one.</summary>
    public int Port { get; init; }
}
