using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Drops.Intake;
using RetailLake.Core.Errors;
using RetailLake.Core.Lake;
using RetailLake.Core.Metrics;
using RetailLake.Functions.Drops;
using RetailLake.Functions.Hosting;

namespace RetailLake.Functions;

/// <summary>
/// What landed is announced here, at least once and in any order. A drop record starts its feed; an upload is taken in, and its record is announced
/// in turn. Many messages of one feed start it once.
/// </summary>
public sealed class DispatchDropFunction(ContractCatalog contracts, ILake lake, DropIntake intake, FeedStarter starter, IMetrics metrics)
{
    [LambdaFunction(ResourceName = "DispatchDropFunction")]
    public async Task<QueueBatchOutput> DispatchDrop(QueueBatchInput input, ILambdaContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        using var deadline = context.Deadline();
        var failed = new HashSet<string>(StringComparer.Ordinal);
        var notices = input.Records.SelectMany(message => Read(message, failed, context.Logger)).ToList();
        foreach (var feed in notices.GroupBy(one => (one.Notice.Source, one.Notice.Feed)))
        {
            if (!await DispatchAsync($"{feed.Key.Source}.{feed.Key.Feed}", [.. feed.Select(one => one.Notice.Name).Distinct(StringComparer.Ordinal)], context.Logger, deadline.Token))
            {
                failed.UnionWith(feed.Select(one => one.MessageId));
            }
        }

        return new([.. failed.Select(id => new QueueItemFailure(id))]);
    }

    private static IEnumerable<(string MessageId, DropNotice Notice)> Read(QueueMessage message, HashSet<string> failed, ILambdaLogger log)
    {
        try
        {
            return DropNotice.Read(message.Body).Select(notice => (message.MessageId, notice));
        }
        catch (FormatException e)
        {
            // Handed back until the queue moves it to its dead letters, where somebody looks.
            failed.Add(message.MessageId);
            log.LogError("Message {MessageId} was not understood: {Error}", message.MessageId, e.Message);
            return [];
        }
    }

    /// <returns>False: the feed's messages are to come again.</returns>
    private async Task<bool> DispatchAsync(string id, IReadOnlyList<string> names, ILambdaLogger log, CancellationToken deadline)
    {
        if (contracts.All.FirstOrDefault(contract => contract.Id == id) is not { Drop: not null } contract)
        {
            // Coming again changes nothing; once there is a contract, its schedule sweeps the folder.
            log.LogWarning("{Count} object(s) lie in the folder of '{Contract}', which has no right contract of files; they stay there.", names.Count, Shown.Of(id));
            return true;
        }

        try
        {
            var records = names.Where(name => DropRecords.IdOf(name) is not null).ToList();
            var uploads = names.Except(records, StringComparer.Ordinal).ToList();
            if (uploads.Count > 0)
            {
                UploadSweep.Tell(contract, await intake.TakeAsync(contract, uploads, deadline), log, metrics);
            }

            if (await AnyIsThereAsync(contract, records, deadline))
            {
                var started = await starter.WakeAsync(contract);
                log.LogInformation("Drops of '{Contract}' landed: {Outcome} {Execution}", contract.Id, started.Outcome, started.Execution);
            }

            return true;
        }
        catch (Exception e) when (e is LakeException or IOException or UnauthorizedAccessException)
        {
            log.LogError("{Count} object(s) of '{Contract}' could not be dealt with and will be announced again: {Error}", names.Count, contract.Id, e.Message);
            return false;
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            log.LogWarning("The time was over before all of '{Contract}' was taken in; the rest is announced again.", contract.Id);
            return false;
        }
    }

    /// <summary>A notification that comes late, after its drop was loaded and its record deleted, starts nothing.</summary>
    private async Task<bool> AnyIsThereAsync(Contract contract, IReadOnlyList<string> records, CancellationToken deadline)
    {
        foreach (var name in records)
        {
            if (await DropRecords.TryReadAsync(lake, contract.Source, contract.Feed, DropRecords.IdOf(name)!, deadline) is not null)
            {
                return true;
            }
        }

        return false;
    }
}
