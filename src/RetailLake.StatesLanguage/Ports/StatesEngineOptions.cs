namespace RetailLake.StatesLanguage;

public sealed record StatesEngineOptions
{
    /// <summary>The folder of the journals; one engine at a time may own it.</summary>
    public required string Folder { get; init; }

    public required IReadOnlyList<ITaskIntegration> Integrations { get; init; }

    public IStatesObjectStore? Objects { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Jitter, States.MathRandom and States.UUID draw from it; seed it to repeat a run.</summary>
    public Random Random { get; init; } = Random.Shared;

    /// <summary>Children of one Map Run at a time, whatever its MaxConcurrency allows: a machine has few cores, AWS has many.</summary>
    public int MaxDistributedConcurrency { get; init; } = 2;

    /// <summary>AWS runs up to 40 iterations of an inline Map at a time.</summary>
    public int MaxInlineConcurrency { get; init; } = 40;

    /// <summary>Of the executions of a state machine that succeeded so many are kept, the newest. Others are kept for 90 days, as on AWS.</summary>
    public int MostSucceeded { get; init; } = 1_000;

    /// <summary>Told of faults that no caller waits for: a journal that cannot be written, a status handler that throws.</summary>
    public Action<Exception> OnFault { get; init; } = fault => System.Diagnostics.Trace.TraceError(fault.ToString());
}
