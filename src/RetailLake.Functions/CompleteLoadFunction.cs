using Amazon.Lambda.Annotations;
using RetailLake.Core.Errors;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;
using RetailLake.Core.Warehouse;

namespace RetailLake.Functions;

/// <summary>Ends the wait of CopyToRedshift. Decides from the ledger, never from the statement's status: the work id there = done, whoever did it.</summary>
public sealed class CompleteLoadFunction(ILake lake, RunReader runs, IWarehouse warehouse, IStateMachines machines)
{
    [LambdaFunction(ResourceName = "CompleteLoadFunction")]
    public async Task<CompleteLoadOutput> CompleteLoad(StatementEvent input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (LoadTokens.RunOf(input.Detail.StatementName) is not { } folder
            || await LoadTokens.ReadAsync(lake, input.Detail.StatementName, CancellationToken.None) is not { } token)
        {
            return new(false, "NotALoad");
        }

        var run = await runs.OpenAsync(folder, CancellationToken.None);
        var decision = await LoadLedger.DecideAsync(warehouse, run, CancellationToken.None);
        if (decision.IsSettled)
        {
            var output = new LoadOutput(folder, decision.Outcome.ToString(), run.Plan.WorkId, decision.PublishedRows, decision.ExportSequence);
            var json = System.Text.Encoding.UTF8.GetString(LakeJson.ToBytes(output));
            return new(await machines.SendTaskSuccessAsync(token, json, CancellationToken.None), output.Outcome);
        }

        var error = LoadErrors.Of(run, input.Detail.State, input.Detail.Error);
        return new(await machines.SendTaskFailureAsync(token, error.GetType().Name, error.Message, CancellationToken.None), error.GetType().Name);
    }
}
