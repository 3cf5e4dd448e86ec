using RetailLake.Core.Errors;

namespace RetailLake.Core.Contracts;

/// <summary>
/// The contracts of a process: the bundle beside the assembly, and the folders of <c>LAKE_CONTRACTS</c>, whose contracts win. One that is not
/// right holds up its own feed only, and is not replaced by the packaged one of the same id.
/// </summary>
public static class PackagedContracts
{
    /// <exception cref="ContractInvalidException">The bundle is damaged, or there is none and no folder either.</exception>
    public static ContractCatalog Load(LakeSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return Load(Path.Combine(AppContext.BaseDirectory, ContractBundle.FileName), FoldersOf(settings.Contracts));
    }

    public static ContractCatalog Load(string bundle, IReadOnlyList<string> folders)
    {
        ArgumentNullException.ThrowIfNull(folders);
        if (folders.Count == 0 && !File.Exists(bundle))
        {
            throw new ContractInvalidException($"Found neither the bundle '{bundle}' nor LAKE_CONTRACTS.", "Nothing was started.", "Build the functions, which writes the bundle, or name folders of contracts in LAKE_CONTRACTS.");
        }

        var loaded = folders.Count == 0 ? new([], [], 0) : ContractLoader.Load(folders);
        var packaged = File.Exists(bundle) ? ContractBundle.Read(File.ReadAllBytes(bundle), bundle).Contracts : [];
        List<Contract> all = [.. loaded.Contracts, .. packaged.Where(contract => !folders.Any(folder => File.Exists(Path.Combine(folder, PlaceOf(contract)))))];
        var clashes = Compile.Clashes.Among([.. all.Select(contract => (contract, Path.Combine("contracts", PlaceOf(contract))))]).ToList();
        var refused = clashes.Select(clash => clash.File).ToHashSet(StringComparer.Ordinal);
        return new(all.Where(contract => !refused.Contains(Path.Combine("contracts", PlaceOf(contract)))), [.. loaded.Problems, .. clashes]);
    }

    public static IReadOnlyList<string> FoldersOf(string? setting) =>
        setting?.Split(':', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static string PlaceOf(Contract contract) => Path.Combine(contract.Source, contract.Feed + ContractLoader.Ending);
}
