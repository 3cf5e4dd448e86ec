using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Lake;

namespace RetailLake.Core.Runs;

/// <summary>One execution's plan with the contract it pinned.</summary>
public sealed record Run(RunPlan Plan, Contract Contract, RunKeys Keys)
{
    public PlanSlice Slice(int number) => Plan.Slices.FirstOrDefault(slice => slice.Number == number) ?? throw new ObjectDamagedException(
        $"Found no slice {number} in '{Keys.Plan}'; the plan has slices 1 to {Plan.Slices.Count}.",
        "Nothing was landed for it.",
        "Start the work again with 'lake rerun'.");
}

/// <summary>Opens a run for a step after PlanIngest, and refuses to go on under another contract than the planned one.</summary>
public sealed class RunReader(ILake lake, ContractCatalog contracts)
{
    /// <param name="run">The run's folder, <see cref="RunKeys.Run"/>, as states pass it along.</param>
    public async Task<Run> OpenAsync(string run, CancellationToken cancellationToken)
    {
        var plan = await lake.ReadAsync<RunPlan>($"{run}/plan.json", cancellationToken);
        var contract = contracts.Get(plan.Contract);
        if (contract.Sha256 != plan.ContractSha256)
        {
            throw new ContractChangedException(
                $"Found contract '{contract.Id}' v{contract.Version} with SHA-256 {contract.Sha256[..12]}…; execution '{plan.Execution}' was planned with v{plan.ContractVersion}, {plan.ContractSha256[..12]}….",
                "Nothing more was read or loaded under the changed contract.",
                $"Start the work again under the new contract: lake rerun {plan.Execution}.");
        }

        return new(plan, contract, RunKeys.Of(plan));
    }
}
