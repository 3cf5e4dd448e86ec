using Amazon.Lambda.Core;

namespace RetailLake.Local.Invocation;

/// <summary>A function's log lines; each carries function and request, as a log stream would.</summary>
internal sealed class FunctionLogger(string function, string requestId, Action<string> write) : ILambdaLogger
{
    public void Log(string message) => LogLine(message);

    public void LogLine(string message) => write($"{function} {requestId} {message}");

    // The interface's own default calls itself, endlessly.
    public void Log(string level, string message, params object[] args) => LogLine($"{level} {LogTemplate.Format(message, args)}");
}
