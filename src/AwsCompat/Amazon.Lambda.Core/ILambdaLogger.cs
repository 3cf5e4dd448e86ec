namespace Amazon.Lambda.Core;

public interface ILambdaLogger
{
    void Log(string message);

    void LogLine(string message);

    /// <remarks>The real default calls itself; implementers must override it.</remarks>
    void Log(string level, string message, params object[] args) => LogLine($"{level} {message} {string.Join(' ', args ?? [])}");

    void LogInformation(string message, params object[] args) => Log(nameof(LogLevel.Information), message, args);

    void LogWarning(string message, params object[] args) => Log(nameof(LogLevel.Warning), message, args);

    void LogError(string message, params object[] args) => Log(nameof(LogLevel.Error), message, args);
}

public enum LogLevel
{
    Trace,
    Debug,
    Information,
    Warning,
    Error,
    Critical,
}
