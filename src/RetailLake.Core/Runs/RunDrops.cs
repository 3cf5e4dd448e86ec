using RetailLake.Core.Drops;
using RetailLake.Core.Errors;

namespace RetailLake.Core.Runs;

/// <summary>What the ledger is told of one drop of a run.</summary>
/// <param name="Outcome"><c>loaded</c> | <c>duplicate</c> | <c>refused</c>; the load itself may still find it superseded.</param>
/// <param name="DuplicateOf">Id of the drop whose rows it repeats.</param>
/// <param name="LandedRows">Rows of all tables.</param>
/// <param name="Skipped">Records that the contract tells to skip.</param>
public sealed record DropOutcome(DropRef Drop, string Outcome, DropRefusal? Refusal, string? DuplicateOf, long LandedRows, long Skipped)
{
    /// <summary>See <see cref="LandedDrop.Scopes"/>.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Scopes { get; init; } = [];

    public const string Loaded = "loaded";
    public const string Duplicate = "duplicate";
    public const string Refused = "refused";

    /// <summary>Given by the load alone: a newer version of the same file was there.</summary>
    public const string Superseded = "superseded";

    /// <summary>Of a row of the ledger beside the others: the drop may be loaded once more. The load that does so adds what came of it.</summary>
    public const string Released = "released";
}

/// <summary>The drops of a whole run, from its plan and the manifests of its slices.</summary>
public static class RunDrops
{
    /// <returns>Outcomes in the plan's order, and the record ids of drops that are left to the next plan.</returns>
    /// <exception cref="BooksDoNotBalanceException">A manifest lists other drops than the plan.</exception>
    public static (IReadOnlyList<DropOutcome> Drops, IReadOnlyList<string> Left) Of(Run run, IEnumerable<(PlanSlice Plan, LandedManifest Landed)> slices)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(slices);
        List<DropOutcome> outcomes = [];
        foreach (var (plan, landed) in slices)
        {
            var drops = landed.Drops ?? [];
            if (!(plan.Drops ?? []).Select(drop => drop.RecordId).SequenceEqual(drops.Select(drop => drop.Drop.RecordId), StringComparer.Ordinal))
            {
                throw new BooksDoNotBalanceException(
                    $"Found {drops.Count} drops in '{run.Keys.Landed(plan.Number)}'; the plan lists {plan.Drops?.Count ?? 0} for that slice, each once and in this order.",
                    "Nothing was published.", $"Start the work again with 'lake rerun {run.Plan.Execution}'.");
            }

            outcomes.AddRange(drops.Select(drop => new DropOutcome(
                drop.Drop, drop.Refused is null ? DropOutcome.Loaded : DropOutcome.Refused, drop.Refused, null, drop.Rows.Sum(table => table.Rows), drop.Skipped.Values.Sum())
            {
                Scopes = drop.Scopes ?? [],
            }));
        }

        // The drop that would have stood for it turned out to be none: the next plan takes this one for itself.
        var refused = outcomes.Where(drop => drop.Refusal is not null).Select(drop => drop.Drop.Id).ToHashSet(StringComparer.Ordinal);
        var duplicates = run.Plan.Duplicates.ToLookup(duplicate => refused.Contains(duplicate.Of));
        outcomes.AddRange(duplicates[false].Select(duplicate => new DropOutcome(duplicate.Drop, DropOutcome.Duplicate, null, duplicate.Of, 0, 0)));
        return (outcomes, [.. duplicates[true].Select(duplicate => duplicate.Drop.RecordId)]);
    }
}
