using RetailLake.Local.Templates;

namespace RetailLake.Local.Invocation;

/// <summary>
/// Called before a function runs and after it has run, to try what a workflow makes of broken and repeated invocations. What it throws is the
/// invocation's failure: before the effect nothing was done, after it the answer is lost.
/// </summary>
public delegate Task InvocationProbe(LocalFunction function, byte[] payload, InvocationPhase phase);

public enum InvocationPhase
{
    BeforeEffect,
    AfterEffect,
}

/// <summary>A failure under a name that no exception class has, such as <c>Lambda.Unknown</c>.</summary>
public sealed class InvocationFaultException(string error, string message) : Exception(message)
{
    public string Error { get; } = error;
}
