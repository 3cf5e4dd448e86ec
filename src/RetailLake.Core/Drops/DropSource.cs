using RetailLake.Core.Contracts;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;
using RetailLake.Core.Sources;

namespace RetailLake.Core.Drops;

/// <summary>Reads the drops of one slice and says what is in them.</summary>
/// <param name="attempt">Distinguishes the objects of a retried invocation.</param>
public delegate Task<LandedManifest> LandDrops(Contract contract, RunKeys keys, PlanSlice slice, ILake lake, string attempt, CancellationToken cancellationToken);

/// <summary>Files as a source. How they came into landing is no part of it: an upload, FTP and a test do the same.</summary>
public sealed class DropSource(DropPlanner planner, LandDrops land) : ISource
{
    /// <summary>Stands for every server type of contracts that take drops.</summary>
    public const string Kind = "drops";

    public string Type => Kind;

    public Task<SourcePlan> PlanAsync(Contract contract, PlanRequest request, CancellationToken cancellationToken) => planner.PlanAsync(contract, request, cancellationToken);

    public Task<LandedManifest> LandAsync(Contract contract, RunPlan plan, PlanSlice slice, ILake lake, string attempt, CancellationToken cancellationToken) =>
        land(contract, RunKeys.Of(plan), slice, lake, attempt, cancellationToken);
}
