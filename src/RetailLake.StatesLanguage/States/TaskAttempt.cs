using System.Text.Json.Nodes;
using RetailLake.StatesLanguage.Errors;
using RetailLake.StatesLanguage.Journal;
using RetailLake.StatesLanguage.Running;
using RetailLake.StatesLanguage.Values;

namespace RetailLake.StatesLanguage.States;

/// <summary>
/// One attempt of a Task. What ends it first wins; what comes later is ignored:
/// token reported → its outcome · invocation returned → its outcome, or with a token: submitted, go on waiting ·
/// deadline or missed heartbeat → timed out · execution closed → cancelled.
/// </summary>
internal sealed class TaskAttempt(StateRun run, TaskEvents events)
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(1);

    private Attempt Current => run.Frame.Attempt!;

    public async Task<JsonNode?> StartAsync(ITaskIntegration integration, string resource, JsonNode? arguments, string? token, long? timeout, long? heartbeat)
    {
        var text = Payload.Text(arguments);
        DateTimeOffset? deadline = timeout is { } seconds ? run.Now.AddSeconds(seconds) : null;
        run.Event(RecordKind.TaskScheduled, events.Named("Scheduled"), events.Scheduled(text, timeout, heartbeat),
            record => record with { Due = deadline, HeartbeatSeconds = heartbeat, Token = token });
        run.Event(RecordKind.TaskStarted, events.Named("Started"), events.Started());
        var invocation = new TaskInvocation
        {
            Resource = resource,
            Parameters = arguments,
            ExecutionArn = run.ExecutionArn,
            ExecutionName = run.ExecutionName,
            StateMachineArn = run.StateMachineArn,
            StateName = run.StateName,
            AttemptNumber = run.Frame.AttemptNumber,
            TaskToken = token,
            Deadline = deadline,
        };
        // Before the function runs: it may report its token while it is still being called.
        using var registration = run.Register(Current);
        var cancellation = new CancellationTokenSource();
        var stopped = run.Token.Register(cancellation.Cancel);

        // Off this thread: a function that blocks must not keep its own deadline from being noticed.
        var work = Task.Run(() => integration.InvokeAsync(invocation, cancellation.Token), CancellationToken.None);
        _ = work.ContinueWith(ended => Forget(ended, stopped), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            return await FinishAsync(work);
        }
        finally
        {
            if (!work.IsCompleted && run.Frame.Failure is not null)
            {
                await cancellation.CancelAsync();
            }
        }
    }

    /// <summary>After a restart: a submitted task waits on for its token; any other attempt died with the process.</summary>
    public async Task<JsonNode?> ContinueAsync()
    {
        if (Current.Token is null || !(Current.Submitted || Current.Report is not null))
        {
            throw Fail("Failed", ErrorNames.LambdaUnknown, "The engine stopped while this attempt was in flight, so its outcome is unknown.");
        }

        using var registration = run.Register(Current);
        return await FinishAsync(null);
    }

    private async Task<JsonNode?> FinishAsync(Task<JsonNode?>? work)
    {
        while (true)
        {
            var (report, changed, due, missedHeartbeat) = run.Look(Current);
            if (report is not null)
            {
                return report.Error is null ? Succeed(report.Output!) : throw Fail("Failed", report.Error, report.Cause);
            }

            if (work is { IsCompleted: true })
            {
                var output = await OutcomeAsync(work);
                if (Current.Token is null)
                {
                    return Succeed(output);
                }

                run.Event(RecordKind.TaskSubmitted, events.Named("Submitted"), events.Submitted(output));
                work = null;
                continue;
            }

            if (due <= run.Now)
            {
                throw Fail("TimedOut", missedHeartbeat ? ErrorNames.HeartbeatTimeout : ErrorNames.Timeout, null);
            }

            await WaitAsync(work is null ? changed : Task.WhenAny(changed, work), due);
        }
    }

    private async Task<string> OutcomeAsync(Task<JsonNode?> work)
    {
        try
        {
            var text = Payload.Text(await work);
            return Payload.TooLarge(text)
                ? throw Fail("Failed", ErrorNames.DataLimitExceeded, Failures.DataLimit(run.StateName, "task result").Cause)
                : text;
        }
        catch (TaskFailedException failure)
        {
            throw Fail("Failed", failure.Error, failure.Cause);
        }
        catch (OperationCanceledException) when (run.Token.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception fault) when (fault is not StateFailedException)
        {
            throw Fail("Failed", ErrorNames.LambdaUnknown, $"{fault.GetType().Name}: {fault.Message}");
        }
    }

    private JsonNode? Succeed(string output)
    {
        run.Event(RecordKind.TaskSucceeded, events.Named("Succeeded"), events.Succeeded(output));
        return run.Frame.Result;
    }

    private StateFailedException Fail(string what, string error, string? cause)
    {
        run.Event(RecordKind.StateFailed, events.Named(what), events.Failed(error, cause),
            record => record with { Error = error, Cause = cause });
        return run.Frame.Failure!;
    }

    private async Task WaitAsync(Task happened, DateTimeOffset? due)
    {
        var delay = due - run.Now ?? LongestDelay;
        using var wake = CancellationTokenSource.CreateLinkedTokenSource(run.Token);
        var timer = Task.Delay(delay < TimeSpan.Zero ? TimeSpan.Zero : delay < LongestDelay ? delay : LongestDelay, run.Time, wake.Token);
        await Task.WhenAny(happened, timer);
        await wake.CancelAsync();
        run.Token.ThrowIfCancellationRequested();
    }

    // A zombie may still throw long after its attempt was given up; nobody is left to tell.
    private static void Forget(Task<JsonNode?> ended, CancellationTokenRegistration stopped)
    {
        _ = ended.Exception;
        stopped.Dispose();
    }
}
