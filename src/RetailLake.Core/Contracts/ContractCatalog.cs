using RetailLake.Core.Errors;

namespace RetailLake.Core.Contracts;

/// <summary>All contracts of a deployment, by source and feed.</summary>
public sealed class ContractCatalog(IEnumerable<Contract> contracts, IReadOnlyList<ContractProblem>? problems = null)
{
    private readonly SortedDictionary<string, Contract> byId =
        new(contracts.ToDictionary(contract => contract.Id, StringComparer.Ordinal), StringComparer.Ordinal);

    public IReadOnlyCollection<Contract> All => byId.Values;

    public IEnumerable<string> Sources => byId.Values.Select(contract => contract.Source).Distinct(StringComparer.Ordinal);

    public IReadOnlyList<Contract> OfSource(string source) => [.. byId.Values.Where(contract => contract.Source == source)];

    /// <summary>What is wrong with contracts that were found and are not among <see cref="All"/>.</summary>
    public IReadOnlyList<ContractProblem> Problems { get; } = problems ?? [];

    /// <exception cref="ContractInvalidException">No contract has this id, or the one that has is not right.</exception>
    public Contract Get(string id) => byId.TryGetValue(id, out var contract) ? contract : throw Missing(id);

    /// <summary>Files of a source's contracts that are not right; their feeds cannot start.</summary>
    public IReadOnlyList<string> BrokenOf(string source) =>
        [.. Problems.Select(problem => problem.File).Distinct(StringComparer.Ordinal).Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == source)];

    private ContractInvalidException Missing(string id) => Problems.Where(problem => IsOf(problem, id)).ToList() is [var first, ..] broken ? new(
        $"Found {broken.Count} problem(s) in the contract of '{id}'; the first, at {first.File}({first.Line},{first.Column}): {first.Message}",
        "Nothing was read or loaded.",
        $"{first.Remedy} 'lake contract check' lists all.") : new(
        $"Found no contract '{id}'; known are {(byId.Count == 0 ? "none" : string.Join(", ", byId.Keys.Take(20).Select(known => $"'{known}'")))}.",
        "Nothing was read or loaded.",
        $"Add contracts/{id.Replace('.', '/')}.odcs.yaml, or name its folder in LAKE_CONTRACTS.");

    private static bool IsOf(ContractProblem problem, string id) =>
        problem.File.EndsWith($"{Path.DirectorySeparatorChar}{id.Replace('.', Path.DirectorySeparatorChar)}.odcs.yaml", StringComparison.Ordinal);
}
