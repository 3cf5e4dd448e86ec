using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using RetailLake.Local.Invocation;
using RetailLake.Local.Templates;

namespace RetailLake.Tests.Local;

public sealed class FunctionHostTests
{
    private readonly FakeTimeProvider time = new();
    private readonly ConcurrentQueue<string> log = new();
    private readonly ConcurrentQueue<HostedState> states = new();

    [Fact]
    public async Task Invocation_IsAJsonRoundTripThroughTheHandlerString()
    {
        await using var host = Host("Greet");

        var first = await InvokeAsync(host, "Greet");
        var second = await InvokeAsync(host, "arn:aws:lambda:local:000000000000:function:Greet:$LATEST");

        first["Greeting"]!.GetValue<string>().Should().Be("hello crm");
        first["RemainingSeconds"]!.GetValue<double>().Should().Be(30);
        second["Calls"]!.GetValue<int>().Should().Be(2, "a warm provider is used again");
        second["Request"]!.GetValue<string>().Should().NotBe(first["Request"]!.GetValue<string>());
        log.Should().Contain(line => line.EndsWith("Information greeting crm"));
    }

    [Fact]
    public async Task HostOverrides_ComeAfterTheStartupClass()
    {
        await using var host = Host("Greet", services => services.AddSingleton("host"));

        (await InvokeAsync(host, "Greet"))["Setting"]!.GetValue<string>().Should().Be("host");
    }

    [Fact]
    public async Task Exception_BecomesLambdasErrorObject()
    {
        await using var host = Host("Fail");

        var result = await host.InvokeAsync("Fail", """{"Name":"gp/1.txt"}"""u8.ToArray(), CancellationToken.None);

        result.Error!.ErrorType.Should().Be(nameof(MissingDropException));
        var json = JsonNode.Parse(result.Payload)!;
        json["errorType"]!.GetValue<string>().Should().Be(nameof(MissingDropException));
        json["errorMessage"]!.GetValue<string>().Should().Be("Found no drop 'gp/1.txt'.");
        json["stackTrace"]!.AsArray().Should().NotBeEmpty();
    }

    [Fact]
    public async Task PayloadOfAnotherForm_IsTheSerializersError()
    {
        await using var host = Host("Greet");

        var result = await host.InvokeAsync("Greet", "[]"u8.ToArray(), CancellationToken.None);

        result.Error!.ErrorType.Should().Be("JsonSerializerException");
    }

    [Fact]
    public async Task Timeout_ThrowsTheProviderAway()
    {
        await using var host = Host("Hang");
        var running = host.InvokeAsync("Hang", """{"Name":"x"}"""u8.ToArray(), CancellationToken.None);
        await UntilAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(30));
            return running.IsCompleted;
        });

        var result = await running;

        result.Error!.ErrorType.Should().Be("Lambda.Unknown");
        result.Error.ErrorMessage.Should().EndWith("Task timed out after 30.00 seconds");
        var zombie = states.Single();
        zombie.IsDisposed.Should().BeFalse("what it holds is in use until it ends");
        zombie.Release.SetResult();
        await UntilAsync(() => zombie.IsDisposed);
    }

    [Theory]
    [InlineData("RetailLake.Tests::RetailLake.Tests.Local.HostedFunction_Gone_Generated::Gone", "*no public method 'Gone'*")]
    [InlineData("RetailLake.Tests::RetailLake.Tests.Local.NoFunction_Greet_Generated::Greet", "*no such class*")]
    [InlineData("RetailLake.Nowhere::X::Y", "*no assembly 'RetailLake.Nowhere'*")]
    [InlineData("RetailLake.Tests::RetailLake.Tests.Local.HostedFunction::NotAFunction", "*has no ?LambdaFunction?*")]
    [InlineData("handler.main", "*form*")]
    public void HandlerThatDoesNotResolve_IsRefusedAtStart(string handler, string message)
    {
        var start = () => new FunctionHost([Function("X") with { Handler = handler }], (_, _) => { }, 1, time, log.Enqueue);

        start.Should().Throw<TemplateRefusedException>().WithMessage(message);
    }

    private FunctionHost Host(string method, Action<IServiceCollection>? overrides = null) => new(
        [Function(method)],
        (_, services) =>
        {
            services.AddSingleton(_ =>
            {
                var state = new HostedState();
                states.Enqueue(state);
                return state;
            });
            overrides?.Invoke(services);
        },
        2, time, log.Enqueue);

    private static LocalFunction Function(string method) => new(
        method, method, LocalArn.Function(method), $"RetailLake.Tests::RetailLake.Tests.Local.HostedFunction_{method}_Generated::{method}",
        512, TimeSpan.FromSeconds(30), new Dictionary<string, string>(), "'template.yaml' line 1");

    private static async Task<JsonNode> InvokeAsync(FunctionHost host, string function)
    {
        var result = await host.InvokeAsync(function, """{"Name":"crm"}"""u8.ToArray(), CancellationToken.None);
        result.Error.Should().BeNull(Encoding.UTF8.GetString(result.Payload));
        return JsonNode.Parse(result.Payload)!;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var turn = 0; turn < 500 && !condition(); turn++)
        {
            await Task.Delay(10);
        }

        condition().Should().BeTrue();
    }
}
