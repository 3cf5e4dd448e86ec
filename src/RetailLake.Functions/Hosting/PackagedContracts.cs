using RetailLake.Core;
using RetailLake.Core.Contracts;

namespace RetailLake.Functions.Hosting;

/// <summary>The contracts of this deployment: those compiled into the package, and those of the folders in LAKE_CONTRACTS.</summary>
public static class PackagedContracts
{
    public static ContractCatalog Load(LakeSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var folders = ContractLoader.Load((settings.Contracts ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries));
        return new(folders.Contracts, folders.Problems);
    }
}
