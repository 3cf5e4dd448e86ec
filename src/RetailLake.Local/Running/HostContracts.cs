using RetailLake.Core.Contracts;

namespace RetailLake.Local.Running;

/// <summary>The contracts that a host works under. One with a problem is refused when its feed is asked for, and holds up no other.</summary>
public static class HostContracts
{
    public static ContractCatalog Load(IEnumerable<string> folders)
    {
        var loaded = Read(folders);
        return new(loaded.Contracts, loaded.Problems);
    }

    public static LoadedContracts Read(IEnumerable<string> folders) => ContractLoader.Load(folders.Where(Directory.Exists));
}
