using RetailLake.Core.Errors;
using RetailLake.Core.Streams;

namespace RetailLake.Core.Runs;

/// <summary>The offsets of a whole run, from its plan and the manifests of its slices.</summary>
public static class RunStreams
{
    /// <exception cref="BooksDoNotBalanceException">A manifest lists other offsets than the plan.</exception>
    /// <exception cref="StreamGapException">Offsets are missing, and the contract refuses that.</exception>
    public static IReadOnlyList<AuditedPartition> Of(Run run, IEnumerable<(PlanSlice Plan, LandedManifest Landed)> slices)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(slices);
        List<LandedOffsets> landed = [];
        foreach (var (plan, manifest) in slices)
        {
            var found = manifest.Offsets ?? [];
            if (!(plan.Segments ?? []).Select(segment => (segment.Of, segment.First, segment.Last)).SequenceEqual(found.Select(part => (new TopicPartition(part.Topic, part.Partition), part.First, part.Last))))
            {
                throw new BooksDoNotBalanceException(
                    $"Found the offsets of {found.Count} segments in '{run.Keys.Landed(plan.Number)}'; the plan lists {plan.Segments?.Count ?? 0} for that slice, each once and in this order.",
                    "Nothing was published.", $"Start the work again with 'lake rerun {run.Plan.Execution}'.");
            }

            landed.AddRange(found);
        }

        var byPartition = landed.ToLookup(part => new TopicPartition(part.Topic, part.Partition));
        List<AuditedPartition> audited = [.. run.Plan.Partitions.Select(part => Add(part, [.. byPartition[part.Of]]))];
        var gaps = run.Contract.Stream is { RefusesGaps: true } ? audited.Where(part => part.Gaps > 0).ToList() : [];
        return gaps.Count == 0 ? audited : throw StreamGapException.Of(
            run.Contract.Id, [.. gaps.Select(part => (part.Planned.Of, part.Gaps, part.Planned.Position ?? part.Planned.First, part.Planned.Last))], run.Plan.Execution);
    }

    private static AuditedPartition Add(PlanPartition planned, IReadOnlyList<LandedOffsets> parts)
    {
        var records = parts.Sum(part => part.Records);
        return new(
            planned, records, parts.Sum(part => part.Skipped), planned.Last + 1 - (planned.Position ?? planned.First) - records,
            parts.Min(part => part.FirstEvent), parts.Max(part => part.LastEvent));
    }
}
