using RetailLake.Core.Drops.Intake;
using RetailLake.Core.Lake;

namespace RetailLake.Tests.Lake.Conformance;

/// <summary>One adapter at work, with what a test must do behind its back.</summary>
public interface ILakeSite : IAsyncDisposable
{
    ILake Lake { get; }

    IUploads Uploads { get; }

    /// <summary>Names that this service cannot be given, a fault of its own.</summary>
    IReadOnlyList<string> Unsendable => [];

    /// <summary>As a sender does; over what is there.</summary>
    Task UploadAsync(string source, string feed, string name, byte[] content);

    /// <summary>Unfinished objects.</summary>
    Task<int> LeftoversAsync();
}
