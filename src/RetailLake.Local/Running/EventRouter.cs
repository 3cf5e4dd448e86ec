using System.Text;
using System.Text.Json.Nodes;
using RetailLake.Local.Events;
using RetailLake.Local.Invocation;
using RetailLake.Local.Templates;

namespace RetailLake.Local.Running;

/// <summary>The default event bus: gives an event to the targets of every rule of the template that matches it.</summary>
internal sealed class EventRouter
{
    private readonly IReadOnlyList<LocalRule> rules;
    private readonly FunctionHost functions;
    private readonly Func<string, string, CancellationToken, Task> startMachine;

    public EventRouter(IReadOnlyList<LocalRule> rules, FunctionHost functions, Func<string, string, CancellationToken, Task> startMachine)
    {
        this.rules = [.. rules.Where(rule => rule.Enabled)];
        this.functions = functions;
        this.startMachine = startMachine;
        foreach (var rule in this.rules)
        {
            EventPattern.Check(rule);
        }
    }

    /// <exception cref="EventNotHandledException">A target failed; the sender raises the event again.</exception>
    public async Task RouteAsync(JsonObject @event, CancellationToken cancellationToken)
    {
        foreach (var target in rules.Where(rule => EventPattern.Matches(rule.Pattern, @event)).SelectMany(rule => rule.Targets))
        {
            var input = target.Input ?? Narrowed(@event, target.InputPath).ToJsonString();
            await SendAsync(target.Arn, input, cancellationToken);
        }
    }

    /// <summary>What a rule or schedule does with its target: invoke a function or start a state machine.</summary>
    public async Task SendAsync(string arn, string input, CancellationToken cancellationToken)
    {
        if (arn.Contains(":states:", StringComparison.Ordinal))
        {
            await startMachine(arn, input, cancellationToken);
            return;
        }

        var result = await functions.InvokeAsync(arn, Encoding.UTF8.GetBytes(input), cancellationToken);
        if (result.Error is { } error)
        {
            throw new EventNotHandledException($"{error.ErrorType}: {error.ErrorMessage}");
        }
    }

    private static JsonNode Narrowed(JsonObject @event, string? path) =>
        (path is null or "$" ? [] : path[2..].Split('.')).Aggregate((JsonNode)@event, (node, name) => node[name] ?? new JsonObject());
}
