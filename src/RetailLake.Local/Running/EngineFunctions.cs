using System.Text;
using System.Text.Json.Nodes;
using RetailLake.Local.Invocation;
using RetailLake.StatesLanguage;

namespace RetailLake.Local.Running;

/// <summary>The engine's lambda:invoke: a function's error object becomes the task's failure, its type the error's name, as Step Functions has it.</summary>
internal sealed class EngineFunctions(FunctionHost functions) : ILambdaFunctions
{
    public async Task<JsonNode?> InvokeAsync(string functionName, JsonNode? payload, TaskInvocation invocation, CancellationToken cancellationToken)
    {
        var result = await functions.InvokeAsync(functionName, Encoding.UTF8.GetBytes(payload?.ToJsonString() ?? "null"), cancellationToken);
        return result.Error is { } error
            ? throw new TaskFailedException(error.ErrorType, Encoding.UTF8.GetString(result.Payload))
            : JsonNode.Parse(result.Payload);
    }
}
