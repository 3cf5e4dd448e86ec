namespace RetailLake.Tests.Contracts;

/// <summary>The repository that the tests were built from, and what lies beside it.</summary>
internal static class RepositoryFolder
{
    public static string Root { get; } = Above(AppContext.BaseDirectory);

    public static string Contracts { get; } = Path.Combine(Root, "contracts");

    /// <summary>Schemas and samples that are not part of the repository; may be absent.</summary>
    public static string Shared { get; } = Path.GetFullPath(Path.Combine(Root, "..", "shared"));

    private static string Above(string folder) =>
        File.Exists(Path.Combine(folder, "RetailLake.sln")) ? folder
        : Path.GetDirectoryName(folder) is { } parent ? Above(parent)
        : throw new InvalidOperationException("Found no RetailLake.sln above the tests. Run them from the repository.");
}
