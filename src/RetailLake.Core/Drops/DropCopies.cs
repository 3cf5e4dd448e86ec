using RetailLake.Core.Contracts;

namespace RetailLake.Core.Drops;

/// <summary>Sets the drops apart whose content is there already and whose rows, loaded, would lose against those row by row.</summary>
/// <remarks>
/// A later copy is loaded although its content is known: a price list that goes back to the one before yesterday's is no mistake of the sender.
/// So is what somebody released: its copy may be the one whose rows were rejected.
/// Nothing is a duplicate where the name means something: in a feed whose drops are the truth about their name, or whose columns take values from it.
/// </remarks>
internal static class DropCopies
{
    public static async Task<(IReadOnlyList<DropRef> Taken, IReadOnlyList<DuplicateDrop> Duplicates)> SetApartAsync(
        Contract contract, IReadOnlyList<DropRef> pending, IDropHistory history, CancellationToken cancellationToken)
    {
        if (pending.Count == 0 || !NamesMeanNothing(contract))
        {
            return (pending, []);
        }

        var loaded = await history.WithContentAsync(contract.Id, [.. pending.Select(drop => drop.Object.Sha256).Distinct(StringComparer.Ordinal)], cancellationToken);
        var highest = loaded.Concat(pending.Select(drop => new LoadedDrop(drop.Id, drop.Object.Sha256, drop.FileNumber, drop.Version)))
            .GroupBy(drop => drop.Sha256, StringComparer.Ordinal)
            .ToDictionary(copies => copies.Key, copies => copies.MaxBy(drop => (drop.Version, drop.File, drop.Id))!, StringComparer.Ordinal);
        var kept = pending.ToLookup(drop => drop.Release > 0 || highest[drop.Object.Sha256].Id == drop.Id);
        return ([.. kept[true]], [.. kept[false].Select(drop => new DuplicateDrop(drop, highest[drop.Object.Sha256].Id))]);
    }

    private static bool NamesMeanNothing(Contract contract) =>
        contract.Drop!.Replaces != DropScope.File && !contract.Tables.Any(table => table.Columns.Any(column => column.From?.Scope == FieldScope.FileName));
}
