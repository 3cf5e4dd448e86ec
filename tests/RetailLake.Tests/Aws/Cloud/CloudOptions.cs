using Amazon.S3;
using RetailLake.Local.Invocation;

namespace RetailLake.Tests.Aws.Cloud;

/// <param name="Contracts">Of the repository, as the scenarios cut them.</param>
internal sealed record CloudOptions(params string[] Contracts)
{
    /// <summary>More contracts: id and text.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; init; } = new Dictionary<string, string>();

    /// <summary>More secrets: name and value.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();

    public InvocationProbe? Probe { get; init; }

    /// <summary>Makes clients of another S3 than the double.</summary>
    public Func<AmazonS3Client>? S3 { get; init; }

    /// <summary>How long CopyToRedshift waits for its statement's event, in seconds; null for what the definition says.</summary>
    public int? LoadSeconds { get; init; }
}
