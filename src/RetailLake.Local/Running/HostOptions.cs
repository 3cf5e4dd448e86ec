using RetailLake.Local.DuckDb;
using RetailLake.Local.Home;
using RetailLake.Local.Invocation;

namespace RetailLake.Local.Running;

public sealed record HostOptions
{
    /// <summary>Folder of template.yaml.</summary>
    public required string App { get; init; }

    public required LakeHome Home { get; init; }

    /// <summary>In the order of reading; the application's own come first.</summary>
    public required IReadOnlyList<string> ContractFolders { get; init; }

    /// <summary>Null: the home's own secrets file.</summary>
    public string? SecretsUri { get; init; }

    public string MemoryLimit { get; init; } = DuckDbOptions.DefaultMemoryLimit;

    /// <summary>Invocations at a time. Half of them may wait for a source or the warehouse.</summary>
    public int MaxConcurrency { get; init; } = Math.Max(2, Environment.ProcessorCount);

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>For tests of the protocol.</summary>
    public InvocationProbe? Probe { get; init; }
}
