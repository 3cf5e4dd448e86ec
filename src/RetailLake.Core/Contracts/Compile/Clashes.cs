namespace RetailLake.Core.Contracts.Compile;

/// <summary>What only shows when all contracts are seen together.</summary>
internal static class Clashes
{
    public static IEnumerable<ContractProblem> Among(IReadOnlyList<(Contract Contract, string File)> contracts)
    {
        foreach (var (first, second) in Repeats(contracts, contract => [contract.Id]))
        {
            yield return new(second.File, 1, 1, $"Found the contract '{second.Contract.Id}' a second time, the first is '{first.File}'.", "Keep one of them, or take a folder out of LAKE_CONTRACTS.");
        }

        foreach (var (first, second) in Repeats(contracts, contract => contract.Tables.Select(table => $"{contract.Source}.{table.Name}")))
        {
            if (first.Contract.Id != second.Contract.Id)
            {
                var table = second.Contract.Tables.First(table => first.Contract.Tables.Any(other => other.Name == table.Name)).Name;
                yield return new(second.File, 1, 1, $"Found the table '{second.Contract.Source}.{table}', which '{first.Contract.Id}' also loads.", "Give one of them another 'name'; 'physicalName' may stay.");
            }
        }

        foreach (var (first, second) in Repeats(contracts.Where(pair => pair.Contract.Manthan is not null), contract => [contract.Manthan!.Subject]))
        {
            yield return new(second.File, 1, 1, $"Found the Manthan subject '{second.Contract.Manthan!.Subject}', which '{first.Contract.Id}' also sends: their files would share one sequence.", "Choose another subject.");
        }

        foreach (var (first, second) in Repeats(contracts, contract => contract.Topics))
        {
            yield return new(second.File, 1, 1, $"Found the topic '{second.Contract.Topics.First(first.Contract.Topics.Contains)}', which '{first.Contract.Id}' also reads: a record lands once, in one feed's folder.", "Keep one of them; one contract may hold several tables.");
        }
    }

    private static IEnumerable<((Contract Contract, string File) First, (Contract Contract, string File) Second)> Repeats(
        IEnumerable<(Contract Contract, string File)> contracts, Func<Contract, IEnumerable<string>> names) =>
        contracts.SelectMany(pair => names(pair.Contract).Select(name => (name, pair)))
            .GroupBy(named => named.name, StringComparer.Ordinal)
            .SelectMany(group => group.Skip(1).Select(later => (group.First().pair, later.pair)));
}
