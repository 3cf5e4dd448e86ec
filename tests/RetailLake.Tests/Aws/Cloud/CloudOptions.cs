using Amazon.S3;
using RetailLake.Local.Invocation;
using RetailLake.Tests.Onboarding;

namespace RetailLake.Tests.Aws.Cloud;

/// <param name="Contracts">Of the repository, as the scenarios cut them.</param>
internal sealed record CloudOptions(params string[] Contracts)
{
    /// <summary>Feeds of files of the test's own.</summary>
    public IReadOnlyList<FileContract> Files { get; init; } = [];

    public InvocationProbe? Probe { get; init; }

    /// <summary>Makes clients of another S3 than the double.</summary>
    public Func<AmazonS3Client>? S3 { get; init; }

    /// <summary>How long CopyToRedshift waits for its statement's event, in seconds; null for what the definition says.</summary>
    public int? LoadSeconds { get; init; }
}
