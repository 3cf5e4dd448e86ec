using RetailLake.Core.Contracts;
using RetailLake.Core.Lake;
using RetailLake.Core.Quarantine;
using RetailLake.Core.Runs;
using RetailLake.Core.Warehouse;

namespace RetailLake.Local.Running;

/// <summary>Whether what a run rejected is still held, as the ledger says it.</summary>
public sealed class QuarantineStates(ILake lake, IWarehouse warehouse, ContractCatalog contracts)
{
    /// <summary>Nothing of the run was published: a rerun or redrive judges its rows again.</summary>
    public const string NotPublished = "not published";

    public const string Open = "open";

    /// <summary>All its drops with rejects are released, and a load is to come.</summary>
    public const string Released = "released";

    /// <summary>A later load has judged these rows again; what it rejected itself is listed under its own name.</summary>
    public const string Resolved = "resolved";

    private readonly LedgerQueries ledger = new(warehouse);

    public async Task<string> OfAsync(string contractId, string execution, CancellationToken cancellationToken)
    {
        if (!await DropReports.HasLedgerAsync(warehouse, cancellationToken) || contracts.All.FirstOrDefault(known => known.Id == contractId) is not { } contract)
        {
            return Open;
        }

        if (await ledger.OfExecutionAsync(contractId, execution, cancellationToken) is null)
        {
            return NotPublished;
        }

        return contract.Drop is not null ? await OfDropsAsync(contract, execution, cancellationToken)
            : (await ledger.RejectingAsync(contractId, cancellationToken)).Any(row => row.Execution == execution && row.IsJudgedAgain) ? Resolved : Open;
    }

    private async Task<string> OfDropsAsync(Contract contract, string execution, CancellationToken cancellationToken)
    {
        if (await lake.TryReadAsync<RunPlan>(new RunKeys(contract.Source, contract.Feed, execution).Plan, cancellationToken) is not { } plan)
        {
            return Open;
        }

        var last = (await new DropReleases(lake, warehouse, TimeProvider.System).OfExecutionAsync(contract, execution, cancellationToken)).ToDictionary(told => told.Drop.Id, StringComparer.Ordinal);
        var held = (await new RunRejects(lake).ByDropAsync(plan, cancellationToken)).Keys.Select(record => last.GetValueOrDefault(record[..Core.Drops.DropIds.Length])).ToList();
        return held.All(told => told is null) ? Resolved : held.All(told => told is null || told.IsReleased) ? Released : Open;
    }
}
