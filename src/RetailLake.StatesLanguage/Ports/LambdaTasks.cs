using System.Text.Json.Nodes;
using RetailLake.StatesLanguage.Values;

namespace RetailLake.StatesLanguage;

/// <summary>Runs a function by name or ARN with a JSON payload and returns its JSON result.</summary>
public interface ILambdaFunctions
{
    Task<JsonNode?> InvokeAsync(string functionName, JsonNode? payload, TaskInvocation invocation, CancellationToken cancellationToken);
}

/// <summary>The Lambda forms of a Task: `lambda:invoke`, `lambda:invoke.waitForTaskToken` and a function's own ARN.</summary>
public sealed class LambdaTasks(ILambdaFunctions functions) : ITaskIntegration
{
    public const string Invoke = "arn:aws:states:::lambda:invoke";
    public const string InvokeAndWait = Invoke + ".waitForTaskToken";

    private static readonly string[] Known = ["FunctionName", "Payload"];

    public bool Handles(string resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return resource is Invoke or InvokeAndWait || IsFunctionArn(resource);
    }

    public IEnumerable<string> Check(string resource, JsonObject? parameters)
    {
        if (IsFunctionArn(resource))
        {
            yield break;
        }

        var names = parameters?
            .Select(pair => pair.Key.EndsWith(".$", StringComparison.Ordinal) ? pair.Key[..^2] : pair.Key).ToList() ?? [];
        if (!names.Contains("FunctionName"))
        {
            yield return "Parameters has no 'FunctionName', which lambda:invoke needs.";
        }

        foreach (var name in names.Except(Known))
        {
            yield return $"Parameters has '{name}'; of lambda:invoke 'FunctionName' and 'Payload' are supported.";
        }
    }

    public async Task<JsonNode?> InvokeAsync(TaskInvocation invocation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(invocation);
        if (IsFunctionArn(invocation.Resource))
        {
            return await functions.InvokeAsync(invocation.Resource, invocation.Parameters, invocation, cancellationToken);
        }

        var name = invocation.Parameters?["FunctionName"]?.ToString()
            ?? throw new TaskFailedException(ErrorNames.Runtime,
                "Found no FunctionName in the Parameters; expected a function's name or ARN.");
        var payload = await functions.InvokeAsync(name, invocation.Parameters["Payload"]?.DeepClone(), invocation, cancellationToken);
        return new JsonObject { ["ExecutedVersion"] = "$LATEST", ["Payload"] = payload.Detached(), ["StatusCode"] = 200 };
    }

    internal static bool IsFunctionArn(string resource) =>
        resource?.Split(':') is ["arn", _, "lambda", _, _, "function", _, ..];
}
