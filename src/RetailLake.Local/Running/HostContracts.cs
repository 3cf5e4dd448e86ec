using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;

namespace RetailLake.Local.Running;

/// <summary>The contracts that a host works under: all of them right, or none.</summary>
public static class HostContracts
{
    private const int Shown = 20;

    /// <exception cref="ContractInvalidException">A contract has a problem.</exception>
    public static ContractCatalog Load(IEnumerable<string> folders)
    {
        var loaded = Read(folders);
        if (loaded.IsClean)
        {
            return new(loaded.Contracts);
        }

        var count = loaded.Problems.Count + loaded.ProblemsLeftOut;
        throw new ContractInvalidException(
            $"Found {count} problem(s) in the contracts:\n{string.Join('\n', loaded.Problems.Take(Shown))}\n", "Nothing was started.", "Correct them; 'lake contract check' lists all.");
    }

    public static LoadedContracts Read(IEnumerable<string> folders) => ContractLoader.Load(folders.Where(Directory.Exists));
}
