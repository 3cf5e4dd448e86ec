using System.Collections.Concurrent;
using System.Text;
using RetailLake.Local.Invocation;
using RetailLake.Local.Templates;

namespace RetailLake.Tests.Scenarios;

/// <summary>Invokes one function a second time with the same payload: while it runs, or after it has ended.</summary>
internal sealed class Twice(string function, bool atOnce)
{
    private readonly AsyncLocal<bool> isSecond = new();
    private readonly ConcurrentDictionary<string, Task<InvocationResult>> running = new();
    private readonly ConcurrentBag<string> errors = [];
    private readonly TaskCompletionSource happened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TestLake? Lake { get; set; }

    public IReadOnlyCollection<string> Errors => errors;

    /// <summary>The execution may have ended before the second invocation of its last step has.</summary>
    public Task HappenedAsync() => happened.Task.WaitAsync(TimeSpan.FromSeconds(60));

    public async Task Probe(LocalFunction invoked, byte[] payload, InvocationPhase phase)
    {
        if (isSecond.Value || invoked.LogicalId != $"{function}Function")
        {
            return;
        }

        var key = Encoding.UTF8.GetString(payload);
        if (atOnce && phase == InvocationPhase.BeforeEffect)
        {
            running[key] = SecondAsync(payload);
        }
        else if (phase == InvocationPhase.AfterEffect)
        {
            var second = await (running.TryRemove(key, out var started) ? started : SecondAsync(payload));
            if (second.Error is { } error)
            {
                errors.Add($"{error.ErrorType}: {error.ErrorMessage}");
            }

            happened.TrySetResult();
        }
    }

    private async Task<InvocationResult> SecondAsync(byte[] payload)
    {
        isSecond.Value = true;
        return await Lake!.Host.Functions.InvokeAsync($"{function}Function", payload, CancellationToken.None);
    }
}
