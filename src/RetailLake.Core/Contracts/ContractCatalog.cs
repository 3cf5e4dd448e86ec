using RetailLake.Core.Errors;

namespace RetailLake.Core.Contracts;

/// <summary>All contracts of a deployment, by source and feed.</summary>
public sealed class ContractCatalog(IEnumerable<Contract> contracts)
{
    private readonly SortedDictionary<string, Contract> byId =
        new(contracts.ToDictionary(contract => contract.Id, StringComparer.Ordinal), StringComparer.Ordinal);

    public IReadOnlyCollection<Contract> All => byId.Values;

    public IEnumerable<string> Sources => byId.Values.Select(contract => contract.Source).Distinct(StringComparer.Ordinal);

    public IReadOnlyList<Contract> OfSource(string source) => [.. byId.Values.Where(contract => contract.Source == source)];

    /// <exception cref="ContractInvalidException">No contract has this id.</exception>
    public Contract Get(string id) => byId.TryGetValue(id, out var contract) ? contract : throw new ContractInvalidException(
        $"Found no contract '{id}'; known are {(byId.Count == 0 ? "none" : string.Join(", ", byId.Keys.Take(20).Select(known => $"'{known}'")))}.",
        "Nothing was read or loaded.",
        $"Add contracts/{id.Replace('.', '/')}.odcs.yaml, or name its folder in LAKE_CONTRACTS.");
}
