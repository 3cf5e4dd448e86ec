using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;
using RetailLake.Core.Warehouse;

namespace RetailLake.Core.Quarantine;

/// <summary>Feeds of files: finds the drops that quarantine holds, whole or in rows, and releases them.</summary>
public sealed class DropQuarantine(ILake lake, IWarehouse warehouse, TimeProvider time)
{
    private readonly DropReleases releases = new(lake, warehouse, time);
    private readonly LedgerQueries ledger = new(warehouse);
    private readonly RunRejects rejects = new(lake);

    /// <exception cref="ReleaseRefusedException">Nothing there to release, or it cannot be; nothing was.</exception>
    public async Task<Released> ReleaseAsync(Contract contract, ReleaseRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(contract);
        ArgumentNullException.ThrowIfNull(request);
        if (request.Drops.Count == 0 && request.Execution is null)
        {
            return await ReleaseFeedAsync(contract, request.By, cancellationToken);
        }

        var drops = request.Drops.Count > 0 ? await NamedAsync(contract, request, cancellationToken)
            : await OfExecutionAsync(contract, request.Execution!, cancellationToken);
        return new(await releases.ReleaseAsync(contract, drops, request.By, cancellationToken), []);
    }

    /// <summary>Of a whole feed one drop that is past help must not keep the others in quarantine: it is left there, and named.</summary>
    private async Task<Released> ReleaseFeedAsync(Contract contract, string by, CancellationToken cancellationToken)
    {
        var held = await OfFeedAsync(contract, cancellationToken);
        var left = await releases.LeftAsync(contract, held, cancellationToken);
        var names = left.Select(drop => drop.Id).ToHashSet(StringComparer.Ordinal);
        List<ToldDrop> drops = [.. held.Where(drop => !names.Contains(drop.Drop.Id))];
        return drops.Count > 0 ? new(await releases.ReleaseAsync(contract, drops, by, cancellationToken), left) : throw QuarantineErrors.Nothing(
            $"of '{contract.Id}'", $"of {left.Count} drops none can be released or needs to be; drop '{left[0].Id}': {left[0].Why}");
    }

    private async Task<IReadOnlyList<ToldDrop>> NamedAsync(Contract contract, ReleaseRequest request, CancellationToken cancellationToken)
    {
        List<ToldDrop> drops = [];
        foreach (var name in request.Drops)
        {
            var found = (await releases.NamedAsync(contract, name, cancellationToken)).LastOrDefault(drop => request.Execution is null || drop.Execution == request.Execution)
                ?? throw new ReleaseRefusedException(
                    $"Found no drop '{name}' in the ledger of '{contract.Id}'{(request.Execution is { } of ? $", told last by execution '{of}'" : "")}.",
                    "Nothing was released.", "'lake drops' lists the feed's drops; a name is written as the sender wrote it, or name the drop's id.");
            if (found.Outcome == DropOutcome.Duplicate)
            {
                throw new ReleaseRefusedException(
                    $"Found that drop '{found.Drop.Id}' repeats drop '{found.DuplicateOf}'; its rows are that one's.", "Nothing was released.", "Release that one.");
            }

            drops.Add(found);
        }

        return [.. drops.DistinctBy(drop => drop.Drop.Id)];
    }

    private async Task<IReadOnlyList<ToldDrop>> OfExecutionAsync(Contract contract, string execution, CancellationToken cancellationToken)
    {
        var plan = await lake.TryReadAsync<RunPlan>(new RunKeys(contract.Source, contract.Feed, execution).Plan, cancellationToken) ?? throw QuarantineErrors.Unknown(contract, execution);
        var told = await releases.OfExecutionAsync(contract, execution, cancellationToken);
        if (told.Count == 0 && await ledger.OfExecutionAsync(contract.Id, execution, cancellationToken) is null)
        {
            throw QuarantineErrors.NotPublished(contract, execution);
        }

        var held = await HeldAsync(plan, told, cancellationToken);
        return held.Count > 0 ? held : throw QuarantineErrors.Nothing(
            $"of execution '{execution}'", "it refused and rejected nothing, or what it did was released and loaded by a later one");
    }

    private async Task<IReadOnlyList<ToldDrop>> OfFeedAsync(Contract contract, CancellationToken cancellationToken)
    {
        var held = (await releases.RefusedAsync(contract, cancellationToken)).ToList();
        var rejecting = await ledger.RejectingAsync(contract.Id, cancellationToken);
        var told = await releases.OfExecutionsAsync(contract, rejecting.Select(execution => execution.Execution), cancellationToken);
        foreach (var execution in told.GroupBy(drop => drop.Execution, StringComparer.Ordinal))
        {
            if (await lake.TryReadAsync<RunPlan>(new RunKeys(contract.Source, contract.Feed, execution.Key).Plan, cancellationToken) is { } plan)
            {
                held.AddRange(await HeldAsync(plan, [.. execution], cancellationToken));
            }
        }

        return held.Count > 0 ? [.. held.DistinctBy(drop => drop.Drop.Id)] : throw QuarantineErrors.Nothing(
            $"of '{contract.Id}'", "no drop was refused and no row of one rejected, or what was is released and loaded");
    }

    /// <summary>Of the drops that an execution was the last to tell of: refused ones, released ones, and those of which it rejected rows.</summary>
    private async Task<IReadOnlyList<ToldDrop>> HeldAsync(RunPlan plan, IReadOnlyList<ToldDrop> told, CancellationToken cancellationToken)
    {
        if (told.Count == 0)
        {
            return [];
        }

        var rejected = await rejects.ByDropAsync(plan, cancellationToken);
        return [.. told.Where(drop => drop.IsReleased || drop.Outcome == DropOutcome.Refused || rejected.ContainsKey(drop.Drop.RecordId))];
    }
}
