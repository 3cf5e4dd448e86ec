using System.Text.Json.Nodes;
using System.Threading.Channels;
using RetailLake.Core.Errors;
using RetailLake.Core.Warehouse;

namespace RetailLake.Local.DuckDb;

/// <summary>Runs submitted batches one at a time and raises their status events until each has been handled.</summary>
/// <remarks>
/// Found at start-up → what happens: SUBMITTED → ABORTED, event raised (a commit may have happened: CompleteLoad asks the ledger);
/// any end not delivered → event raised again; delivered → nothing.
/// </remarks>
internal sealed class StatementRunner(DuckDbDatabase database, StatementStore store, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan DeliverAgainAfter = TimeSpan.FromSeconds(2);

    private readonly Channel<(StatementRecord Record, StatementBatch Batch)> submitted = Channel.CreateUnbounded<(StatementRecord, StatementBatch)>();
    private readonly Channel<StatementRecord> ended = Channel.CreateUnbounded<StatementRecord>();
    private readonly CancellationTokenSource stopping = new();
    private readonly HashSet<string> mine = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private Task running = Task.CompletedTask;

    public void Start(Func<JsonObject, CancellationToken, Task> onStatus)
    {
        store.Forget(time.GetUtcNow().AddDays(-1));
        foreach (var record in store.All().Where(record => !record.Delivered))
        {
            // One that was submitted to this runner is in its queue; all others are left over from another process.
            if (record.State != StatementState.Submitted)
            {
                ended.Writer.TryWrite(record);
            }
            else if (!mine.Contains(record.Id))
            {
                End(record, StatementState.Aborted, "The process ended while the statement ran.");
            }
        }

        running = Task.WhenAll(Task.Run(RunAsync), Task.Run(() => DeliverAsync(onStatus)));
    }

    public string Submit(StatementBatch batch)
    {
        var id = StatementStore.IdOf(batch.ClientToken);
        if (running.IsFaulted)
        {
            throw new LoadFailedException(
                "Found that the runner of statements has ended: a statement record could not be written.", "Nothing was submitted.",
                "Look at the disk of LAKE_HOME, then start the process again.", running.Exception);
        }

        lock (gate)
        {
            if (store.Find(id) is null)
            {
                var record = new StatementRecord { Id = id, Name = batch.Name, State = StatementState.Submitted, SubmittedAt = time.GetUtcNow() };
                mine.Add(id);
                store.Save(record);
                submitted.Writer.TryWrite((record, batch));
            }
        }

        return id;
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running;
        stopping.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            await foreach (var (record, batch) in submitted.Reader.ReadAllAsync(stopping.Token))
            {
                try
                {
                    database.Run(batch.Statements, stopping.Token);
                    End(record, StatementState.Finished, null);
                }
                catch (LakeException exception)
                {
                    End(record, StatementState.Failed, exception.Message);
                }
#pragma warning disable CA1031 // A batch that breaks in an unforeseen way must not end the runner; its text may quote a value.
                catch (Exception exception) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
                {
                    End(record, StatementState.Failed, $"Found {exception.GetType().Name} while the statement ran; nothing was published. Redrive the execution.");
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The record stays SUBMITTED; the next start aborts it and says so.
            submitted.Writer.TryComplete();
        }
    }

    private async Task DeliverAsync(Func<JsonObject, CancellationToken, Task> onStatus)
    {
        try
        {
            await foreach (var record in ended.Reader.ReadAllAsync(stopping.Token))
            {
                if (!await TryDeliverAsync(record, onStatus))
                {
                    // Behind the others, so that one event nobody can handle holds up none.
                    await Task.Delay(DeliverAgainAfter, time, stopping.Token);
                    ended.Writer.TryWrite(record);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // What was not delivered is delivered at the next start.
            ended.Writer.TryComplete();
        }
    }

    private async Task<bool> TryDeliverAsync(StatementRecord record, Func<JsonObject, CancellationToken, Task> onStatus)
    {
        try
        {
            await onStatus(StatementEvent.Of(record), stopping.Token);
            store.Save(record with { Delivered = true });
            return true;
        }
#pragma warning disable CA1031 // Whatever the receiver threw, the event must be raised again, as EventBridge does.
        catch (Exception exception) when (exception is not OperationCanceledException || !stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    private void End(StatementRecord record, StatementState state, string? error)
    {
        var end = record with { State = state, Error = error, EndedAt = time.GetUtcNow() };
        store.Save(end);
        ended.Writer.TryWrite(end);
    }
}
