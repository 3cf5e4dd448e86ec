using RetailLake.Core.Contracts;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;
using RetailLake.Core.Sources;

namespace RetailLake.Core.Streams;

/// <summary>Topics as a source. Their records lie in landing already; LandPosEvents puts them there.</summary>
/// <param name="lander">Made when a slice is landed: planning reads no record.</param>
public sealed class StreamSource(StreamPlanner planner, Lazy<StreamLander> lander) : ISource
{
    /// <summary>ODCS server type.</summary>
    public const string Kind = "kafka";

    public string Type => Kind;

    public Task<SourcePlan> PlanAsync(Contract contract, PlanRequest request, CancellationToken cancellationToken) => planner.PlanAsync(contract, request, cancellationToken);

    public Task<LandedManifest> LandAsync(Contract contract, RunPlan plan, PlanSlice slice, ILake lake, string attempt, CancellationToken cancellationToken) =>
        lander.Value.LandAsync(contract, slice, lake, cancellationToken);
}
