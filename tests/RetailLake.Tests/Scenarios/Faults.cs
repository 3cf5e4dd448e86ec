using RetailLake.Local.Invocation;
using RetailLake.Local.Templates;

namespace RetailLake.Tests.Scenarios;

/// <summary>Breaks the first invocation of one function, before or after its effect.</summary>
internal sealed class Faults(string function, InvocationPhase phase, string error)
{
    private int thrown;

    public bool WasThrown => thrown > 0;

    public Task Probe(LocalFunction invoked, byte[] payload, InvocationPhase at)
    {
        if (invoked.LogicalId == $"{function}Function" && at == phase && Interlocked.Exchange(ref thrown, 1) == 0)
        {
            throw new InvocationFaultException(error, $"Broken by a test: {function}, {phase}.");
        }

        return Task.CompletedTask;
    }
}
