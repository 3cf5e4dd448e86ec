using Microsoft.Extensions.DependencyInjection;
using RetailLake.Local.Invocation;
using RetailLake.Local.Templates;

namespace RetailLake.Local.Isolated;

/// <summary>Takes events from the Runtime API one after the other, calls the handler, posts its answer or its error. One container serves all, as in Lambda.</summary>
public static class RuntimeLoop
{
    /// <summary>Called by reflection from outside the function's load context: primitive arguments only.</summary>
    public static async Task<int> ServeAsync(string api, string handler, string name, CancellationToken stop)
    {
        using var runtime = new RuntimeApi(api);
        var function = new LocalFunction(name, name, "", handler, 0, TimeSpan.Zero, new Dictionary<string, string>(), "LAMBDA_TASK_ROOT");
        var (made, provider) = await MakeAsync(runtime, function, stop);
        if (made is null || provider is null)
        {
            return 1;
        }

        await using (provider)
        {
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    await AnswerAsync(runtime, made, provider, function, await runtime.NextAsync(stop), stop);
                }
                catch (OperationCanceledException) when (stop.IsCancellationRequested)
                {
                    break;
                }
            }
        }

        return 0;
    }

    private static async Task<(FunctionHandler?, ServiceProvider?)> MakeAsync(RuntimeApi runtime, LocalFunction function, CancellationToken stop)
    {
        try
        {
            var handler = FunctionHandler.Resolve(function);
            return (handler, handler.BuildProvider(_ => { }));
        }
#pragma warning disable CA1031 // Whatever a constructor throws is told to Lambda, which starts the process anew.
        catch (Exception e)
#pragma warning restore CA1031
        {
            await runtime.FailInitAsync(FunctionError.Of(e), stop);
            return (null, null);
        }
    }

    private static async Task AnswerAsync(RuntimeApi runtime, FunctionHandler handler, ServiceProvider provider, LocalFunction function, RuntimeEvent received, CancellationToken stop)
    {
        var time = TimeProvider.System;
        var context = new InvocationContext(
            function with { Arn = received.FunctionArn, Timeout = received.Deadline - time.GetUtcNow() }, received.RequestId,
            new FunctionLogger(function.Name, received.RequestId, Console.Error.WriteLine), time);
        byte[] answer;
        try
        {
            answer = await handler.InvokeAsync(provider, received.Payload, context);
        }
#pragma warning disable CA1031 // Any exception of a handler is the answer to its event.
        catch (Exception e)
#pragma warning restore CA1031
        {
            await runtime.FailAsync(received.RequestId, FunctionError.Of(e), stop);
            return;
        }

        await runtime.AnswerAsync(received.RequestId, answer, stop);
    }
}
