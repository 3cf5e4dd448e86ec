using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;

namespace RetailLake.Core.Rows.Validation;

internal static class ContractTables
{
    /// <exception cref="ContractChangedException">The manifest names a table that the contract does not have.</exception>
    public static ContractTable TableNamed(this Contract contract, string name) =>
        contract.Tables.FirstOrDefault(table => table.Name == name) ?? throw new ContractChangedException(
            $"Found table '{name}' in a manifest of this execution; contract '{contract.Id}' has {string.Join(", ", contract.Tables.Select(table => $"'{table.Name}'"))}.",
            "Nothing was published.",
            "Restore the contract's pinned version, or start the work again with 'lake rerun'.");
}
