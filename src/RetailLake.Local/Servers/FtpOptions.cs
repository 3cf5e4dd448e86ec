namespace RetailLake.Local.Servers;

public sealed record FtpOptions
{
    /// <summary>The folder that a client sees first.</summary>
    public required string Folder { get; init; }

    /// <summary>Certificate, settings, password and logs.</summary>
    public required string StateDir { get; init; }

    public string ToolsDir { get; init; } = ToolsFolder.Default;

    /// <summary>0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>TLS is demanded for login and data, and a data connection must resume the session of its login.</summary>
    public bool Tls { get; init; }
}
