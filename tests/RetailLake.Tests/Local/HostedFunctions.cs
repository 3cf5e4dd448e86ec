using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using Microsoft.Extensions.DependencyInjection;

namespace RetailLake.Tests.Local;

/// <summary>Functions as the product writes them, for the host's own tests.</summary>
[LambdaStartup]
public sealed class HostedStartup
{
    public void ConfigureServices(IServiceCollection services)
    {
        services.AddSingleton<HostedState>();
        services.AddSingleton("startup");
    }
}

public sealed class HostedState : IDisposable
{
    private int calls;

    public bool IsDisposed { get; private set; }

    public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Next() => Interlocked.Increment(ref calls);

    public void Dispose() => IsDisposed = true;
}

public sealed record HostedInput(string Name);

public sealed record HostedOutput(string Greeting, string Setting, int Calls, string Request, double RemainingSeconds);

public sealed class MissingDropException(string message) : Exception(message);

public sealed class HostedFunction(HostedState state, string setting)
{
    [LambdaFunction]
    [LambdaSerializer(typeof(DefaultLambdaJsonSerializer))]
    public Task<HostedOutput> Greet(HostedInput input, [FromServices] HostedState same, ILambdaContext context)
    {
        context.Logger.LogInformation("greeting {name}", input.Name);
        same.Should().BeSameAs(state);
        return Task.FromResult(new HostedOutput($"hello {input.Name}", setting, state.Next(), context.AwsRequestId, context.RemainingTime.TotalSeconds));
    }

    [LambdaFunction]
    [LambdaSerializer(typeof(DefaultLambdaJsonSerializer))]
    public HostedOutput Fail(HostedInput input) => throw new MissingDropException($"Found no drop '{input.Name}'.");

    [LambdaFunction]
    [LambdaSerializer(typeof(DefaultLambdaJsonSerializer))]
    public Task Hang(HostedInput input) => state.Release.Task;

    public void NotAFunction()
    {
    }
}
