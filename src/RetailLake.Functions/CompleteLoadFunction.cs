using System.Text;
using Amazon.Lambda.Annotations;
using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Lake;
using RetailLake.Core.Metrics;
using RetailLake.Core.Runs;
using RetailLake.Core.Warehouse;

namespace RetailLake.Functions;

/// <summary>Ends the wait of CopyToRedshift. Decides from the ledger, never from the statement's status: the work id there = done, whoever did it.</summary>
public sealed class CompleteLoadFunction(ILake lake, IWarehouse warehouse, IStateMachines machines, ContractCatalog contracts, IMetrics metrics)
{
    private const string Loaded = "Loaded";

    private const string Superseded = "Superseded";

    [LambdaFunction(ResourceName = "CompleteLoadFunction")]
    public async Task<CompleteLoadOutput> CompleteLoad(StatementEvent input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (LoadTokens.RunOf(input.Detail.StatementName) is not { } folder
            || await LoadTokens.ReadAsync(lake, input.Detail.StatementName, CancellationToken.None) is not { } token)
        {
            return new(false, "NotALoad");
        }

        // Not through RunReader: a contract that changed since the submit must not keep a committed load from being told.
        var plan = await lake.ReadAsync<RunPlan>($"{folder}/plan.json", CancellationToken.None);
        var ledger = new LedgerQueries(warehouse);
        var outcome = await ledger.DecideAsync(plan, CancellationToken.None);
        if (outcome == LoadOutcome.NotThere)
        {
            var error = await ErrorAsync(input.Detail);
            return new(await machines.SendTaskFailureAsync(token, error.GetType().Name, error.Message, CancellationToken.None), error.GetType().Name);
        }

        // Work that another execution loaded is exported by that execution.
        var row = outcome == LoadOutcome.Loaded ? await ledger.FindAsync(plan.WorkId, CancellationToken.None) : null;
        var result = new LoadOutput(folder, row is null ? Superseded : Loaded, plan.WorkId, row?.Hops["published"] ?? 0, row?.ExportSequence);
        var json = Encoding.UTF8.GetString(LakeJson.ToBytes(result));
        var handled = await machines.SendTaskSuccessAsync(token, json, CancellationToken.None);
        if (handled && row is not null)
        {
            await MeasureAsync(plan, row);
        }

        return new(handled, result.Outcome);
    }

    /// <summary>Once per load: a late or repeated event's token is not accepted.</summary>
    private async Task MeasureAsync(RunPlan plan, LedgerRow row)
    {
        var contract = contracts.All.FirstOrDefault(contract => contract.Id == plan.Contract);
        var held = contract is null ? null : await new HeldQueries(warehouse).CountAsync(contract, row.LoadedAt, CancellationToken.None);
        var audit = await lake.TryReadAsync<AuditReport>(RunKeys.Of(plan).Audit, CancellationToken.None);
        metrics.Put(plan.Contract, LoadMetrics.Of(plan, audit, row, contract?.FreshnessHours, held));
    }

    private async Task<Exception> ErrorAsync(StatementEventDetail statement) =>
        statement.State == "FAILED" && await warehouse.ErrorOfAsync(statement.StatementId, CancellationToken.None) is { } text
            ? LoadErrors.From(text)
            : new LoadAbortedException(
                $"Found statement '{statement.StatementId}' {statement.State} and no ledger row of its work.", "The transaction was rolled back; nothing was published.",
                "It is submitted again; when it persists, look for who stops statements in the warehouse.");
}
