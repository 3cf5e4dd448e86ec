using System.Collections.Concurrent;

namespace RetailLake.StatesLanguage.Running;

/// <summary>The tokens that tasks of this process wait for.</summary>
internal sealed class OpenTokens
{
    private readonly ConcurrentDictionary<string, (ExecutionRun Execution, Frame Frame)> open = new(StringComparer.Ordinal);

    public IDisposable Open(Attempt attempt, ExecutionRun execution, Frame frame)
    {
        if (attempt.Token is { } token)
        {
            open[token] = (execution, frame);
        }

        return new Registration(this, attempt.Token);
    }

    public bool TryFind(string token, out ExecutionRun execution, out Frame frame)
    {
        var found = open.TryGetValue(token, out var task);
        (execution, frame) = task;
        return found;
    }

    private sealed class Registration(OpenTokens tokens, string? token) : IDisposable
    {
        public void Dispose()
        {
            if (token is not null)
            {
                tokens.open.TryRemove(token, out _);
            }
        }
    }
}
