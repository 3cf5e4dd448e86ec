using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using RetailLake.Local.Templates;

namespace RetailLake.Local.Invocation;

/// <summary>Runs the template's functions in this process, by handler string and with a JSON round trip each time.</summary>
/// <remarks>
/// As on Lambda, one service provider serves one invocation at a time and is used again; after a timeout it is thrown away, with what it held.
/// The invocation that ran out of time cannot be killed here: it goes on until its own deadline ends it, and what it still writes loses to the first manifest.
/// </remarks>
public sealed class FunctionHost : IAsyncDisposable
{
    private readonly Dictionary<string, Bound> byArn;
    private readonly Action<LocalFunction, IServiceCollection> overrides;
    private readonly TimeProvider time;
    private readonly Action<string> log;
    private readonly InvocationProbe? probe;
    private readonly SemaphoreSlim concurrency;

    /// <exception cref="TemplateRefusedException">A handler resolves to nothing.</exception>
    public FunctionHost(
        IEnumerable<LocalFunction> functions, Action<LocalFunction, IServiceCollection> overrides, int maxConcurrency, TimeProvider time, Action<string> log, InvocationProbe? probe = null)
    {
        this.overrides = overrides;
        this.time = time;
        this.log = log;
        this.probe = probe;
        concurrency = new(maxConcurrency);
        byArn = functions.ToDictionary(function => function.Arn, function => new Bound(function, FunctionHandler.Resolve(function)), StringComparer.Ordinal);
    }

    public IEnumerable<LocalFunction> Functions => byArn.Values.Select(bound => bound.Function);

    /// <param name="nameOrArn">ARN (with or without a qualifier), function name or logical id.</param>
    public LocalFunction Find(string nameOrArn) => Bind(nameOrArn).Function;

    public async Task<InvocationResult> InvokeAsync(string nameOrArn, byte[] payload, CancellationToken cancellationToken)
    {
        var bound = Bind(nameOrArn);
        await concurrency.WaitAsync(cancellationToken);
        try
        {
            return await InvokeAsync(bound, payload);
        }
        finally
        {
            concurrency.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var provider in byArn.Values.SelectMany(bound => bound.Idle))
        {
            await provider.DisposeAsync();
        }

        concurrency.Dispose();
    }

    private async Task<InvocationResult> InvokeAsync(Bound bound, byte[] payload)
    {
        var function = bound.Function;
        var requestId = Guid.NewGuid().ToString();
        var started = time.GetTimestamp();
        var logger = new FunctionLogger(function.Name, requestId, log);
        var context = new InvocationContext(function, requestId, logger, time);
        ServiceProvider? provider = null;
        try
        {
            provider = bound.Idle.TryTake(out var idle) ? idle : bound.Handler.BuildProvider(services => overrides(function, services));
            var running = Task.Run(() => RunAsync(bound, provider, payload, context));
            try
            {
                var output = await running.WaitAsync(function.Timeout, time);
                bound.Idle.Add(provider);
                return new(output, null, requestId, time.GetElapsedTime(started));
            }
            catch (TimeoutException) when (!running.IsCompleted)
            {
                _ = ThrowAwayAsync(running, provider, logger);
                var seconds = function.Timeout.TotalSeconds.ToString("F2", System.Globalization.CultureInfo.InvariantCulture);
                // Timeouts reach Step Functions as Lambda.Unknown, not under a name of their own.
                return InvocationResult.Failed(new("Lambda.Unknown", $"{requestId} Task timed out after {seconds} seconds", []), requestId, time.GetElapsedTime(started));
            }
        }
#pragma warning disable CA1031 // Whatever a function throws is its answer: the error object names the class.
        catch (Exception e)
#pragma warning restore CA1031
        {
            if (provider is not null)
            {
                bound.Idle.Add(provider);
            }

            logger.Log("Error", "{Error}: {Message}", e.GetType().Name, e.Message);
            return InvocationResult.Failed(FunctionError.Of(e), requestId, time.GetElapsedTime(started));
        }
    }

    private async Task<byte[]> RunAsync(Bound bound, ServiceProvider provider, byte[] payload, InvocationContext context)
    {
        if (probe is null)
        {
            return await bound.Handler.InvokeAsync(provider, payload, context);
        }

        await probe(bound.Function, payload, InvocationPhase.BeforeEffect);
        var output = await bound.Handler.InvokeAsync(provider, payload, context);
        await probe(bound.Function, payload, InvocationPhase.AfterEffect);
        return output;
    }

    private static async Task ThrowAwayAsync(Task running, ServiceProvider provider, FunctionLogger logger)
    {
        await running.ContinueWith(
            late => logger.Log("Warning", "Ended after its time limit: {Outcome}", late.Exception?.InnerException?.Message ?? "completed, unheard"), TaskScheduler.Default);
        await provider.DisposeAsync();
    }

    private Bound Bind(string nameOrArn) =>
        byArn.GetValueOrDefault(nameOrArn)
        ?? byArn.Values.FirstOrDefault(bound => bound.Function.Name == nameOrArn || bound.Function.LogicalId == nameOrArn
            || nameOrArn.StartsWith(bound.Function.Arn + ":", StringComparison.Ordinal)
            || bound.Function.LogicalId == nameOrArn + "Function")
        ?? throw new TemplateRefusedException(
            $"Found no function '{nameOrArn}'; the template has {string.Join(", ", byArn.Values.Select(bound => $"'{bound.Function.LogicalId}'"))}.", "Name one of these.");

    private sealed record Bound(LocalFunction Function, FunctionHandler Handler)
    {
        public ConcurrentBag<ServiceProvider> Idle { get; } = [];
    }
}
