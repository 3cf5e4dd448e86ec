using RetailLake.Core.Contracts;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;
using RetailLake.Core.Sources;

namespace RetailLake.Core.Streams;

/// <summary>Takes what landed of a feed's topics beyond the ledger's positions. Reads, changes nothing.</summary>
public sealed class StreamPlanner(ILake lake)
{
    /// <summary>Offsets of one plan, of each partition its share; more wait for the next execution, so that a backlog of days is caught up in loads that each fit their time.</summary>
    public const long MaxOffsets = 1_000_000;

    /// <summary>Each is a line of literals in two statements of at most 100 KB.</summary>
    public const int MaxPartitions = 100;

    /// <summary>However few records they hold, so many can be opened within one step's time.</summary>
    private const int MaxSegmentsOfSlice = 1_000;

    private const long OffsetsOfSlice = 200_000;

    /// <exception cref="StreamPositionLostException">Going on would leave records out.</exception>
    public async Task<SourcePlan> PlanAsync(Contract contract, PlanRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(contract);
        ArgumentNullException.ThrowIfNull(request);
        var history = request.Streams ?? throw new ArgumentException("Topics are planned against the ledger; the request names none.", nameof(request));
        var positions = await history.PositionsAsync(contract.Id, cancellationToken);
        var landed = new LandedPartitions(lake, contract);
        List<(PlanPartition Part, IReadOnlyList<PlanSegment> Segments)> taken = [];
        var all = await InTurnAsync(contract, history, await landed.ListAsync(cancellationToken).ToListAsync(cancellationToken), cancellationToken);
        var waits = false;
        foreach (var of in all)
        {
            if (taken.Count == MaxPartitions)
            {
                waits = true;
                break;
            }

            if (await TakeAsync(landed, of, positions, MaxOffsets / all.Count, cancellationToken) is { } part)
            {
                taken.Add((part.Part, part.Segments));
                waits |= part.Waits;
            }
        }

        return new(null, Slices(taken.SelectMany(part => part.Segments)))
        {
            Partitions = [.. taken.Select(part => part.Part)],
            Notes = waits ? ["More has landed than one load takes; the rest waits for the next execution."] : [],
        };
    }

    /// <summary>When there are more than one load takes, those come first that have waited longest: busy ones would keep the others out for ever.</summary>
    private static async Task<IReadOnlyList<LandedPartition>> InTurnAsync(Contract contract, IStreamPositions history, List<LandedPartition> all, CancellationToken cancellationToken)
    {
        if (all.Count <= MaxPartitions)
        {
            return all;
        }

        var last = await history.LastLoadsAsync(contract.Id, cancellationToken);
        return [.. all.OrderBy(partition => last.TryGetValue(partition.Of, out var at) ? at : DateTimeOffset.MinValue)];
    }

    private static async Task<(PlanPartition Part, IReadOnlyList<PlanSegment> Segments, bool Waits)?> TakeAsync(
        LandedPartitions landed, LandedPartition partition, IReadOnlyDictionary<TopicPartition, long> positions, long budget, CancellationToken cancellationToken)
    {
        long? position = positions.TryGetValue(partition.Of, out var known) ? known : null;
        var waiting = await landed.BeyondAsync(partition, position, cancellationToken);
        if (waiting.Count == 0)
        {
            return null;
        }

        var next = position ?? 0;
        List<PlanSegment> segments = [];
        foreach (var segment in waiting)
        {
            // One that lies within others adds nothing.
            if (segment.Last < next)
            {
                continue;
            }

            if (segments.Count > 0 && segment.Last - Math.Max(segment.First, next) + 1 > budget)
            {
                return (Part(), segments, true);
            }

            segments.Add(new(segment.Key, partition.Of.Topic, partition.Of.Partition, Math.Max(segment.First, next), segment.Last));
            budget -= segments[^1].Last - segments[^1].First + 1;
            next = segment.Last + 1;
        }

        return segments.Count == 0 ? null : (Part(), segments, false);

        PlanPartition Part() => new(partition.Of.Topic, partition.Of.Partition, position, segments[0].First, segments[^1].Last);
    }

    private static IReadOnlyList<PlanSlice> Slices(IEnumerable<PlanSegment> segments) =>
    [
        .. SliceParts.Cut(segments, segment => segment.Last - segment.First + 1, OffsetsOfSlice, MaxSegmentsOfSlice)
            .Select((part, index) => new PlanSlice(index + 1, SliceKind.Segments, null, null, part.Weight) { Segments = part.Items }),
    ];
}
