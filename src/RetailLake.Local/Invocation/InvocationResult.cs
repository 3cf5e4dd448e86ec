using System.Text.Encodings.Web;
using System.Text.Json;

namespace RetailLake.Local.Invocation;

/// <summary>What Lambda's Invoke returns: a payload, and whether it is an error object.</summary>
public sealed record InvocationResult(byte[] Payload, FunctionError? Error, string RequestId, TimeSpan Duration)
{
    // The cause of a failed task is this text; escaped quotes would make it unreadable in the console.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static InvocationResult Failed(FunctionError error, string requestId, TimeSpan duration) =>
        new(JsonSerializer.SerializeToUtf8Bytes(error, Json), error, requestId, duration);
}

/// <summary>Lambda's error object. Step Functions takes <paramref name="ErrorType"/>, the exception's class name, as the error's name.</summary>
public sealed record FunctionError(string ErrorType, string ErrorMessage, IReadOnlyList<string> StackTrace)
{
    public static FunctionError Of(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var trace = exception.StackTrace?.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        return new(exception is InvocationFaultException fault ? fault.Error : exception.GetType().Name, exception.Message, trace);
    }
}
