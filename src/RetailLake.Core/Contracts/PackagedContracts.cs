using RetailLake.Core.Errors;

namespace RetailLake.Core.Contracts;

/// <summary>The contracts of a process: the bundle beside the assembly, and the folders of <c>LAKE_CONTRACTS</c>, whose contracts win.</summary>
public static class PackagedContracts
{
    private const int ShownProblems = 5;

    /// <exception cref="ContractInvalidException">The bundle is damaged, or a folder holds a contract that does not pass the check.</exception>
    public static ContractCatalog Load(LakeSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return Load(Path.Combine(AppContext.BaseDirectory, ContractBundle.FileName), FoldersOf(settings.Contracts));
    }

    public static ContractCatalog Load(string bundle, IReadOnlyList<string> folders)
    {
        ArgumentNullException.ThrowIfNull(folders);
        var loaded = folders.Count == 0 ? new([], [], 0) : ContractLoader.Load(folders);
        if (!loaded.IsClean)
        {
            throw new ContractInvalidException(
                $"Found {loaded.Problems.Count + loaded.ProblemsLeftOut} problems in the contracts of LAKE_CONTRACTS: {string.Join(" ", loaded.Problems.Take(ShownProblems))}",
                "Nothing was started.",
                "Run 'lake contract check' and mend them.");
        }

        var packaged = File.Exists(bundle) ? ContractBundle.Read(File.ReadAllBytes(bundle), bundle).Contracts : [];
        var own = loaded.Contracts.Select(contract => contract.Id).ToHashSet(StringComparer.Ordinal);
        List<Contract> all = [.. loaded.Contracts, .. packaged.Where(contract => !own.Contains(contract.Id))];
        if (Compile.Clashes.Among([.. all.Select(contract => (contract, contract.Id))]).FirstOrDefault() is { } clash)
        {
            throw new ContractInvalidException($"{clash.Message} ('{clash.File}')", "Nothing was started.", clash.Remedy);
        }

        return new(all);
    }

    public static IReadOnlyList<string> FoldersOf(string? setting) =>
        setting?.Split(':', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
