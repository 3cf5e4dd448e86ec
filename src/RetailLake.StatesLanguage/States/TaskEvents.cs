using System.Text.Json.Nodes;

namespace RetailLake.StatesLanguage.States;

/// <summary>
/// Names and details of a Task's history events. A function's own ARN gives LambdaFunction* events;
/// a service integration gives Task* events that carry `resourceType` and `resource`.
/// </summary>
internal sealed class TaskEvents(string resource, string region)
{
    private readonly bool isFunction = LambdaTasks.IsFunctionArn(resource);
    private readonly string family = LambdaTasks.IsFunctionArn(resource) ? "LambdaFunction" : "Task";

    public string Named(string what) => family + what;

    public JsonObject Scheduled(string parameters, long? timeout, long? heartbeat)
    {
        var details = isFunction
            ? new JsonObject { ["resource"] = resource, ["input"] = parameters, ["inputDetails"] = Whole() }
            : With(new JsonObject { ["region"] = region, ["parameters"] = parameters });
        if (timeout is { } seconds)
        {
            details["timeoutInSeconds"] = seconds;
        }

        if (heartbeat is { } interval && !isFunction)
        {
            details["heartbeatInSeconds"] = interval;
        }

        return details;
    }

    public JsonObject? Started() => isFunction ? null : With([]);

    public JsonObject Submitted(string output) => With(Output(output));

    public JsonObject Succeeded(string output) => isFunction ? Output(output) : With(Output(output));

    public JsonObject Failed(string error, string? cause)
    {
        var details = new JsonObject { ["error"] = error };
        if (cause is not null)
        {
            details["cause"] = cause;
        }

        return isFunction ? details : With(details);
    }

    public static JsonObject Output(string output) => new() { ["output"] = output, ["outputDetails"] = Whole() };

    public static JsonObject Whole() => new() { ["truncated"] = false };

    private JsonObject With(JsonObject details)
    {
        // arn:aws:states:::aws-sdk:s3:getObject has the type 'aws-sdk:s3' and the resource 'getObject'.
        var path = resource.Split(":::") is [_, var service] ? service : resource;
        var cut = path.LastIndexOf(':');
        details.Insert(0, "resourceType", cut < 0 ? path : path[..cut]);
        details.Insert(1, "resource", cut < 0 ? path : path[(cut + 1)..]);
        return details;
    }
}
