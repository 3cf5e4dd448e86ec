using System.Text.Json.Nodes;
using RetailLake.StatesLanguage.Definitions;
using RetailLake.StatesLanguage.Journal;
using RetailLake.StatesLanguage.Values;

namespace RetailLake.StatesLanguage.Running;

/// <summary>What a state may do while it evaluates itself in one frame of one execution.</summary>
internal sealed class StateRun(ExecutionRun execution, Frame frame, CancellationToken token)
{
    public Frame Frame => frame;

    public ExecutionRun Execution => execution;

    public CancellationToken Token => token;

    public TimeProvider Time => execution.Host.Options.Time;

    public Random Random => execution.Host.Options.Random;

    public DateTimeOffset Now => Time.GetUtcNow();

    public string ExecutionArn => execution.State.Header.Arn;

    public string ExecutionName => execution.State.Header.Name;

    public string StateMachineArn => execution.State.Header.MachineArn;

    public string StateName => frame.StateName;

    public string Region => StateMachineArn.Split(':') is [_, _, _, var region, ..] ? region : "";

    public StateRun In(Frame other, CancellationToken otherToken) => new(execution, other, otherToken);

    public void Record(RecordKind kind, Func<JournalRecord, JournalRecord> fill) => execution.Commit(frame, kind, null, null, fill);

    public void Event(RecordKind kind, string type, JsonObject? details, Func<JournalRecord, JournalRecord>? fill = null) =>
        execution.Commit(frame, kind, type, details, fill);

    public Scope Scope(JsonNode? input, string? taskToken = null, int? itemIndex = null, JsonNode? item = null)
    {
        var context = new Lazy<JsonNode>(() => ContextObject.Build(execution.State, frame, taskToken, itemIndex, item));
        return new Scope(input, context, frame, Random);
    }

    public async Task DelayUntilAsync(DateTimeOffset? until)
    {
        while (until - Now is { } left && left > TimeSpan.Zero)
        {
            // A timer cannot be armed for more than some weeks; a day at a time reaches any date.
            await Task.Delay(left < TimeSpan.FromDays(1) ? left : TimeSpan.FromDays(1), Time, token);
        }
    }

    public string NewToken() => TaskToken.New(ExecutionArn, frame.Path);

    public IDisposable Register(Attempt attempt) => execution.Host.Tokens.Open(attempt, execution, frame);

    public (TokenReport? Report, Task Changed, DateTimeOffset? Due, bool Heartbeat) Look(Attempt attempt)
    {
        lock (execution.Gate)
        {
            var missed = attempt.HeartbeatDue is { } beat && !(beat > attempt.Deadline);
            return (attempt.Report, attempt.Changed.Task, missed ? attempt.HeartbeatDue : attempt.Deadline, missed);
        }
    }

    public Task<string> RunMachineAsync(Machine machine) => MachineRunner.RunAsync(execution, machine, frame, token);
}
