namespace RetailLake.Core.Contracts;

/// <param name="Contracts">Those without a problem, by id.</param>
/// <param name="ProblemsLeftOut">How many more problems there are than are listed.</param>
public sealed record LoadedContracts(IReadOnlyList<Contract> Contracts, IReadOnlyList<ContractProblem> Problems, int ProblemsLeftOut)
{
    public bool IsClean => Problems.Count == 0;
}

/// <summary>What a later stage has against a contract that is right in itself.</summary>
public sealed record ContractObjection(string Message, string Remedy);
