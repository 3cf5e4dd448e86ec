namespace RetailLake.Core.Contracts.Compile;

/// <summary>Every YAML file below a folder, so that none is passed over because of its name or place.</summary>
internal static class ContractFiles
{
    private static readonly EnumerationOptions Below = new()
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = 4,

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

        return [.. Directory.EnumerateFiles(folder, "*", Below)
            .Where(file => file.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".yml", StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)];
    }
}
