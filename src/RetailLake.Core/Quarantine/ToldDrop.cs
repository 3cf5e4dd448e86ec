using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;
using static RetailLake.Core.Warehouse.Answer;

namespace RetailLake.Core.Quarantine;

/// <summary>The last thing <c>ops.drop_ledger</c> says of a drop.</summary>
/// <param name="Execution">That the ledger has it from; of a release: that it was released from.</param>
/// <param name="Outcome">See <see cref="DropOutcome"/>.</param>
/// <param name="DuplicateOf">Id of the drop whose rows it repeats.</param>
public sealed record ToldDrop(DropRef Drop, string Execution, string Outcome, string? DuplicateOf)
{
    /// <summary>Released, and no load has taken it yet.</summary>
    public bool IsReleased => Outcome == DropOutcome.Released;

    internal static ToldDrop Of(Contract contract, IReadOnlyList<object?> row)
    {
        var sha256 = (string)row[2]!;
        return new(
            new((string)row[0]!, (string)row[1]!, new LakeObject(DropRecords.LandingKey(contract.Source, contract.Feed, sha256), Whole(row[3]), sha256), Whole(row[4]), UtcOrNull(row[5]) ?? DateTimeOffset.UnixEpoch)
            {
                DeclaredRows = row[6] is null ? null : Whole(row[6]),
                Release = (int)Whole(row[7]),
            },
            (string?)row[8] ?? "", (string?)row[9] ?? "", (string?)row[10]);
    }
}
