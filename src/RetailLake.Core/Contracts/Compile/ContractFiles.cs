using RetailLake.Core.Contracts.Yaml;

namespace RetailLake.Core.Contracts.Compile;

/// <summary>Every YAML file below a folder, so that none is passed over because of its name or place.</summary>
internal static class ContractFiles
{
    private static readonly EnumerationOptions Below = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = false,

        // A link could lead out of the folder, or round in circles.
        AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden,
    };

    public static IReadOnlyList<string> In(string folder, List<ContractProblem> problems)
    {
        if (!Directory.Exists(folder))
        {
            problems.Add(new(folder, 1, 1, $"Found no folder '{folder}', expected contracts there.", "Create it, or correct LAKE_CONTRACTS."));
            return [];
        }

        try
        {
            return [.. Directory.EnumerateFiles(folder, "*", Below)
                .Where(file => file.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".yml", StringComparison.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add(new(folder, 1, 1, $"Found a folder that cannot be listed: {exception.Message}", "Let this user read it."));
            return [];
        }
    }

    /// <returns>One byte more than allowed tells a file that is too long, without reading one that never ends.</returns>
    public static ReadOnlyMemory<byte>? Read(string file, ProblemList problems)
    {
        try
        {
            using var stream = File.OpenRead(file);
            var bytes = new byte[YamlReader.MaxFileBytes + 1];
            return bytes.AsMemory(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add(1, 1, $"Found a file that cannot be read: {exception.Message}", "Let this user read it.");
            return null;
        }
    }
}
