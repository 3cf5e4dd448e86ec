using RetailLake.Core.Errors;
using RetailLake.Core.Runs;

namespace RetailLake.Core.Rows.Drops;

internal static class DropManifests
{
    /// <exception cref="ContractChangedException">The manifest lists no rows of drops for the table.</exception>
    public static LandedTable DropTable(this LandedManifest landed, string name) =>
        landed.Tables.FirstOrDefault(table => table.Table == name && table.Format == LandedTable.DropsFormat) ?? throw new ContractChangedException(
            $"Found no table '{name}' of drops in the landed manifest of slice {landed.Slice}; it lists {string.Join(", ", landed.Tables.Select(table => $"'{table.Table}' ({table.Format})"))}.",
            "Nothing was published.",
            "Restore the contract's pinned version, or start the work again with 'lake rerun'.");
}
