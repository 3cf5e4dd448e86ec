namespace RetailLake.Sources.Ftp;

/// <summary>How long a server may say nothing.</summary>
internal sealed record FtpLimits
{
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Until a reply.</summary>
    public TimeSpan Reply { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Between two pieces of data.</summary>
    public TimeSpan Data { get; init; } = TimeSpan.FromSeconds(60);
}
