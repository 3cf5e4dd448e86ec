using System.Text.Json.Nodes;
using RetailLake.StatesLanguage.Definitions;
using RetailLake.StatesLanguage.Errors;
using RetailLake.StatesLanguage.Expressions;
using RetailLake.StatesLanguage.Paths;
using RetailLake.StatesLanguage.Running;
using RetailLake.StatesLanguage.Values;

namespace RetailLake.StatesLanguage.States;

internal sealed class TaskState : AttemptingState
{
    private const long LongestSeconds = 99_999_999;
    private const string TokenSuffix = ".waitForTaskToken";
    private readonly Template? parameters;
    private readonly JsonPath? timeoutPath;
    private readonly long? heartbeatSeconds;
    private readonly JsonPath? heartbeatPath;

    public TaskState(FieldReader reader, IReadOnlyList<ITaskIntegration> integrations)
        : base(reader, "Task")
    {
        Resource = reader.Text("Resource", required: true) ?? "";
        parameters = reader.Template("Parameters");
        reader.OneOf(required: false, "TimeoutSeconds", "TimeoutSecondsPath");
        reader.OneOf(required: false, "HeartbeatSeconds", "HeartbeatSecondsPath");
        TimeoutSeconds = reader.Whole("TimeoutSeconds", 1, LongestSeconds);
        timeoutPath = reader.Path("TimeoutSecondsPath", reference: true);
        heartbeatSeconds = reader.Whole("HeartbeatSeconds", 1, LongestSeconds);
        heartbeatPath = reader.Path("HeartbeatSecondsPath", reference: true);
        HasTimeout = TimeoutSeconds is not null || timeoutPath is not null;
        if (heartbeatSeconds >= TimeoutSeconds)
        {
            reader.Report("HeartbeatSeconds",
                $"Found HeartbeatSeconds {heartbeatSeconds}, expected less than TimeoutSeconds {TimeoutSeconds}.");
        }

        Integration = integrations.FirstOrDefault(integration => integration.Handles(Resource));
        if (Resource.Length > 0 && Integration is null)
        {
            reader.Report("Resource",
                $"Found Resource '{Resource}', which none of the {integrations.Count} registered integrations handles.");
        }

        foreach (var problem in Integration?.Check(Resource, reader.Node("Parameters") as JsonObject) ?? [])
        {
            reader.Report("Parameters", problem);
        }
    }

    public string Resource { get; }

    public long? TimeoutSeconds { get; }

    public bool HasTimeout { get; }

    public bool WaitsForToken => Resource.EndsWith(TokenSuffix, StringComparison.Ordinal);

    private ITaskIntegration? Integration { get; }

    protected override async Task<JsonNode?> AttemptAsync(StateRun run)
    {
        var events = new TaskEvents(Resource, run.Region);
        if (run.Frame.Attempt is not null)
        {
            return await new TaskAttempt(run, events).ContinueAsync();
        }

        var effective = EffectiveInput(run);
        var token = WaitsForToken ? run.NewToken() : null;
        var scope = run.Scope(effective, token);
        var arguments = Bounded(parameters is null ? effective : parameters.Evaluate(scope), "parameters");
        var timeout = Seconds(TimeoutSeconds, timeoutPath, "TimeoutSecondsPath", scope);
        var heartbeat = Seconds(heartbeatSeconds, heartbeatPath, "HeartbeatSecondsPath", scope);
        if (Integration is null)
        {
            throw Failures.Runtime($"No registered integration handles the resource '{Resource}'.");
        }

        return await new TaskAttempt(run, events).StartAsync(Integration, Resource, arguments, token, timeout, heartbeat);
    }

    private static long? Seconds(long? literal, JsonPath? path, string field, Scope scope)
    {
        if (path is null)
        {
            return literal;
        }

        if (!path.TryEvaluate(scope, out var value))
        {
            throw Failures.PathNotFound(field, path.Text, Payload.Text(scope.Input));
        }

        return value.TryWhole(out var seconds) && seconds is > 0 and <= LongestSeconds
            ? seconds
            : throw Failures.Runtime($"The {field} '{path.Text}' yields {Payload.Text(value)}, "
                + $"expected a whole number from 1 to {LongestSeconds}.");
    }
}
