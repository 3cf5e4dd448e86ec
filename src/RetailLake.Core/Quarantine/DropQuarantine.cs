using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
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

    /// <returns>The drops as they wait now for their load.</returns>
    /// <exception cref="ReleaseRefusedException">Nothing there to release, or it cannot be; nothing was.</exception>
    public async Task<IReadOnlyList<DropRef>> ReleaseAsync(Contract contract, ReleaseRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(contract);
        ArgumentNullException.ThrowIfNull(request);
        var drops = request.Drops.Count > 0 ? await NamedAsync(contract, request, cancellationToken)
            : request.Execution is { } execution ? await OfExecutionAsync(contract, execution, cancellationToken)
            : await OfFeedAsync(contract, cancellationToken);
        return await releases.ReleaseAsync(contract, drops, request.By, cancellationToken);
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
        foreach (var execution in await ledger.RejectingAsync(contract.Id, cancellationToken))
        {
            if (await lake.TryReadAsync<RunPlan>(new RunKeys(contract.Source, contract.Feed, execution.Execution).Plan, cancellationToken) is { } plan)
            {
                held.AddRange(await HeldAsync(plan, await releases.OfExecutionAsync(contract, plan.Execution, cancellationToken), cancellationToken));
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
