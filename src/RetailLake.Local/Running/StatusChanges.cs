using System.Text.Json.Nodes;
using System.Threading.Channels;
using RetailLake.Local.Templates;
using RetailLake.StatesLanguage;

namespace RetailLake.Local.Running;

/// <summary>EventBridge's "Step Functions Execution Status Change", one after the other, off the engine's thread.</summary>
internal sealed class StatusChanges : IAsyncDisposable
{
    private readonly Channel<ExecutionStatusChange> changes = Channel.CreateUnbounded<ExecutionStatusChange>();
    private readonly CancellationTokenSource stopping = new();
    private readonly Task routing;
    private int pending;

    public StatusChanges(Func<JsonObject, CancellationToken, Task> route) => routing = Task.Run(() => RouteAsync(route));

    public bool IsIdle => Volatile.Read(ref pending) == 0;

    public void Add(ExecutionStatusChange change)
    {
        // On AWS children of Map Runs raise none.
        if (change.Execution.MapRunArn is null)
        {
            Interlocked.Increment(ref pending);
            changes.Writer.TryWrite(change);
        }
    }

    public async ValueTask DisposeAsync()
    {
        changes.Writer.TryComplete();
        stopping.CancelAfter(TimeSpan.FromSeconds(5));
        await routing;
        stopping.Dispose();
    }

    private async Task RouteAsync(Func<JsonObject, CancellationToken, Task> route)
    {
        try
        {
            await foreach (var change in changes.Reader.ReadAllAsync(stopping.Token))
            {
                await route(Event(change), stopping.Token);
                Interlocked.Decrement(ref pending);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // A status change lost at shutdown costs nothing: the next tick plans what is pending.
            changes.Writer.TryComplete();
        }
    }

    private static JsonObject Event(ExecutionStatusChange change)
    {
        var execution = change.Execution;
        return new()
        {
            ["version"] = "0",
            ["id"] = Guid.NewGuid().ToString(),
            ["detail-type"] = "Step Functions Execution Status Change",
            ["source"] = "aws.states",
            ["account"] = LocalArn.Account,
            ["time"] = (execution.StopDate ?? execution.StartDate).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
            ["region"] = LocalArn.Region,
            ["resources"] = new JsonArray(execution.ExecutionArn),
            ["detail"] = new JsonObject
            {
                ["executionArn"] = execution.ExecutionArn,
                ["stateMachineArn"] = execution.StateMachineArn,
                ["name"] = execution.Name,
                ["status"] = ExecutionReports.Status(execution.Status),
                ["startDate"] = execution.StartDate.ToUnixTimeMilliseconds(),
                ["stopDate"] = execution.StopDate?.ToUnixTimeMilliseconds(),
                ["input"] = change.Input,
                ["output"] = change.Output,
                ["error"] = execution.Error,
                ["cause"] = change.Cause,
            },
        };
    }
}
