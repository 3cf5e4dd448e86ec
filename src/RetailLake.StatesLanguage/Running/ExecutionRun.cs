using System.Text.Json.Nodes;
using RetailLake.StatesLanguage.Definitions;
using RetailLake.StatesLanguage.Errors;
using RetailLake.StatesLanguage.Journal;

namespace RetailLake.StatesLanguage.Running;

/// <summary>An execution that is under way in this process. Its end is decided once, by whoever closes it first.</summary>
internal sealed class ExecutionRun(EngineHost host, ExecutionState state, JournalFile journal) : IDisposable
{
    /// <summary>AWS: at most 25,000 events; the last is kept for the end.</summary>
    public const long EventLimit = 25_000;

    private readonly CancellationTokenSource stop = new();
    private readonly TaskCompletionSource<ExecutionSummary> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool closed;

    public Lock Gate { get; } = new();

    public EngineHost Host => host;

    public ExecutionState State => state;

    /// <summary>Ends with the summary, or is cancelled when the engine is shut down before.</summary>
    public Task<ExecutionSummary> Completion => completion.Task;

    public void Commit(Frame frame, RecordKind kind, string? type, JsonObject? details, Func<JournalRecord, JournalRecord>? fill) =>
        Commit(frame.Path, frame.LastEventId, kind, type, details, fill);

    public void CommitChild(string path, string? type, JsonObject details, long previous, Func<JournalRecord, JournalRecord> fill) =>
        Commit(path, previous, RecordKind.ChildStarted, type, type is null ? null : details, fill);

    public void Run(Machine machine) => _ = RunAsync(machine);

    /// <summary>False when the execution has ended already.</summary>
    public bool Close(ExecutionStatus status, string? output, string? error, string? cause)
    {
        lock (Gate)
        {
            if (closed)
            {
                return false;
            }

            var details = new JsonObject();
            if (status == ExecutionStatus.Succeeded)
            {
                details = States.TaskEvents.Output(output!);
            }
            else
            {
                Add(details, "error", error);
                Add(details, "cause", cause);
            }

            Write(null, state.Root.LastEventId, RecordKind.Ended, "Execution" + status, details,
                record => record with { Status = status, Output = output, Error = error, Cause = cause });
            closed = true;
            journal.Dispose();
        }

        stop.Cancel();
        host.Ended(this);
        completion.TrySetResult(state.Summary());
        return true;
    }

    /// <summary>Shutdown: nothing is recorded, so a restart goes on from here.</summary>
    public void Suspend()
    {
        lock (Gate)
        {
            closed = true;
            journal.Dispose();
        }

        stop.Cancel();
        completion.TrySetCanceled();
    }

    public void Report(Frame frame, string token, RecordKind kind, TokenReport? report)
    {
        lock (Gate)
        {
            if (closed || frame.Attempt is not { Report: null } attempt || attempt.Token != token)
            {
                throw new TaskTimedOutException($"Found the token of a task of '{state.Header.Arn}' that has ended; expected one that is waited for. Nothing was recorded. Look at the history of the execution.");
            }

            Write(frame.Path, frame.LastEventId, kind, null, null, record => record with { Output = report?.Output, Error = report?.Error, Cause = report?.Cause });
            var changed = attempt.Changed;
            attempt.Changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            changed.TrySetResult();
        }
    }

    public void Dispose() => stop.Dispose();

    private async Task RunAsync(Machine machine)
    {
        await Task.Yield();
        try
        {
            using var timer = Deadline(machine);
            await RunToEndAsync(machine);
        }
        catch (OperationCanceledException)
        {
            // Whoever cancelled has recorded the end, or left it to the next start.
            host.Left(this);
        }
        catch (Exception fault)
        {
            Fault(fault);
        }
    }

    private async Task RunToEndAsync(Machine machine)
    {
        try
        {
            var output = await MachineRunner.RunAsync(this, machine, state.Root, stop.Token);
            Close(ExecutionStatus.Succeeded, output, null, null);
        }
        catch (StateFailedException failure)
        {
            Close(ExecutionStatus.Failed, null, failure.Error, failure.Cause);
        }
        catch (HistoryFullException)
        {
            Close(ExecutionStatus.Failed, null, null, $"The execution reached the maximum number of history events ({EventLimit}).");
        }
    }

    /// <summary>
    /// A record that could not be written leaves the journal as it is: the execution stands still until the next ResumeAsync.
    /// Any other fault is a defect of the engine and ends the execution, so that a person sees it.
    /// </summary>
    private void Fault(Exception fault)
    {
        host.Options.OnFault(fault);
        try
        {
            if (fault is not IOException && !host.Stopping)
            {
                Close(ExecutionStatus.Failed, null, ErrorNames.Runtime, $"The engine failed: {fault.GetType().Name}: {fault.Message}");
                return;
            }
        }
        catch (IOException second)
        {
            host.Options.OnFault(second);
        }

        Suspend();
        host.Left(this);
    }

    private ITimer? Deadline(Machine machine)
    {
        if (machine.TimeoutSeconds is not { } seconds)
        {
            return null;
        }

        var time = host.Options.Time;
        var due = (state.RedriveDate ?? state.Header.StartDate).AddSeconds(seconds);
        ITimer? timer = null;
        timer = time.CreateTimer(_ => Expire(), null, Left(), Timeout.InfiniteTimeSpan);
        return timer;

        TimeSpan Left()
        {
            var left = due - time.GetUtcNow();
            return left < TimeSpan.Zero ? TimeSpan.Zero : left < TimeSpan.FromDays(40) ? left : TimeSpan.FromDays(40);
        }

        void Expire()
        {
            if (Left() > TimeSpan.Zero)
            {
                timer?.Change(Left(), Timeout.InfiniteTimeSpan);
            }
            else
            {
                Close(ExecutionStatus.TimedOut, null, ErrorNames.Timeout, null);
            }
        }
    }

    private void Commit(string frame, long previous, RecordKind kind, string? type, JsonObject? details, Func<JournalRecord, JournalRecord>? fill)
    {
        lock (Gate)
        {
            if (closed)
            {
                throw new OperationCanceledException(stop.Token);
            }

            if (type is not null && state.LastEventId >= EventLimit - 1)
            {
                throw new HistoryFullException();
            }

            Write(frame, previous, kind, type, details, fill);
        }
    }

    private void Write(string? frame, long previous, RecordKind kind, string? type, JsonObject? details, Func<JournalRecord, JournalRecord>? fill)
    {
        var now = host.Options.Time.GetUtcNow();
        var record = new JournalRecord
        {
            Kind = kind,
            Frame = string.IsNullOrEmpty(frame) ? null : frame,
            At = now,
            Event = type is null ? null : new HistoryEvent { Id = state.LastEventId + 1, PreviousEventId = previous, Timestamp = now, Type = type, Details = details },
        };
        record = fill is null ? record : fill(record);
        journal.Append(RecordLine.Write(record, JournalFormat.Json.JournalRecord));
        FrameReducer.Apply(state, record);
    }

    private static void Add(JsonObject details, string name, string? value)
    {
        if (value is not null)
        {
            details[name] = value;
        }
    }

    private sealed class HistoryFullException : Exception;
}
