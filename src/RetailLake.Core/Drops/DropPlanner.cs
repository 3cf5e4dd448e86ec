using System.Collections.Concurrent;
using RetailLake.Core.Contracts;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;
using RetailLake.Core.Sources;

namespace RetailLake.Core.Drops;

/// <summary>Takes every landed drop of a feed that the ledger lacks, in the order of their versions. Reads, changes nothing.</summary>
public sealed class DropPlanner(ILake lake)
{
    /// <summary>More wait for the next execution, the newest ones: a plan and its manifests stay of a size that one step can hold.</summary>
    public const int MaxDrops = 10_000;

    /// <summary>However small they are, so many can be opened within one step's time.</summary>
    public const int MaxDropsOfSlice = 1_000;

    private const int Readers = 16;

    /// <returns>At least one slice when there is anything to tell the ledger, be it only duplicates; then the slice has no drops.</returns>
    public async Task<SourcePlan> PlanAsync(Contract contract, PlanRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(contract);
        ArgumentNullException.ThrowIfNull(request);
        var spec = contract.Drop ?? throw new ArgumentException($"'{contract.Id}' is no feed of drops.", nameof(contract));
        var history = request.Drops ?? throw new ArgumentException("Drops are planned against the ledger; the request names none.", nameof(request));
        var listed = await DropRecords.ListIdsAsync(lake, contract.Source, contract.Feed, cancellationToken).ToListAsync(cancellationToken);
        var known = await history.KnownAsync(contract.Id, listed, cancellationToken);
        var pending = await ReadAsync(contract, [.. listed.Where(id => !known.Contains(id))], cancellationToken);
        List<DropRef> ordered = [.. pending.OrderBy(drop => drop.Version).ThenBy(drop => drop.Number).ThenBy(drop => drop.RecordId, StringComparer.Ordinal).Take(MaxDrops)];
        var (taken, duplicates) = await DropCopies.SetApartAsync(contract, ordered, history, cancellationToken);
        return new(null, ordered.Count == 0 ? [] : Slices(taken, spec.SliceBytes))
        {
            Duplicates = duplicates,
            Leftovers = [.. listed.Where(known.Contains).Take(MaxDrops)],
            Notes = pending.Count > MaxDrops ? [$"{pending.Count - MaxDrops} drops wait for the next execution."] : [],
        };
    }

    /// <summary>What changed between listing and reading is simply not there, as are objects that only look like records.</summary>
    private async Task<IReadOnlyCollection<DropRef>> ReadAsync(Contract contract, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        ConcurrentBag<DropRef> found = [];
        await Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = Readers, CancellationToken = cancellationToken }, async (id, stop) =>
        {
            if (await DropRecords.TryReadAsync(lake, contract.Source, contract.Feed, id, stop) is { } record)
            {
                found.Add(record.Drop);
            }
        });
        return found;
    }

    private static IReadOnlyList<PlanSlice> Slices(IReadOnlyList<DropRef> drops, long sliceBytes) =>
    [
        .. SliceParts.Cut(drops, drop => drop.Object.Bytes, sliceBytes, MaxDropsOfSlice).DefaultIfEmpty(([], 0))
            .Select((part, index) => new PlanSlice(index + 1, SliceKind.Drops, null, null, part.Weight) { Drops = part.Items }),
    ];
}
