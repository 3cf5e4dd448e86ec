using System.Text.Json;
using RetailLake.StatesLanguage.Journal;
using RetailLake.StatesLanguage.Running;
using RetailLake.StatesLanguage.Values;

namespace RetailLake.StatesLanguage;

public sealed partial class StatesEngine
{
    public Task SendTaskSuccessAsync(string taskToken, string output)
    {
        ArgumentNullException.ThrowIfNull(output);
        try
        {
            Payload.Parse(output);
        }
        catch (JsonException refusal)
        {
            throw new InvalidOutputException($"Found an output that is not JSON: {refusal.Message} The task still waits. Send JSON.");
        }

        if (Payload.TooLarge(output))
        {
            throw new InvalidOutputException($"Found an output of over {Payload.LimitBytes} bytes, expected at most that. "
                + "The task still waits. Send a pointer to the data.");
        }

        Report(taskToken, RecordKind.TokenReported, new TokenReport(output, null, null));
        return Task.CompletedTask;
    }

    public Task SendTaskFailureAsync(string taskToken, string? error = null, string? cause = null)
    {
        Report(taskToken, RecordKind.TokenReported, new TokenReport(null, error ?? "", cause));
        return Task.CompletedTask;
    }

    public Task SendTaskHeartbeatAsync(string taskToken)
    {
        Report(taskToken, RecordKind.Heartbeat, null);
        return Task.CompletedTask;
    }

    private void Report(string token, RecordKind kind, TokenReport? report)
    {
        if (!TaskToken.TryRead(token, out var arn))
        {
            throw new InvalidTokenException("Found a task token that no engine gives out. Nothing was recorded. "
                + "Pass the token as the task received it.");
        }

        if (host.Tokens.TryFind(token, out var run, out var frame))
        {
            run.Report(frame, token, kind, report);
            return;
        }

        throw host.Index.Execution(arn) is null
            ? new TaskDoesNotExistException($"Found the token of a task of '{arn}', which this engine does not know. "
                + "Nothing was recorded. Look for the engine that gave it out.")
            : new TaskTimedOutException($"Found the token of a task of '{arn}' that has timed out or ended. Nothing was recorded. "
                + "Look at the history of the execution.");
    }
}
