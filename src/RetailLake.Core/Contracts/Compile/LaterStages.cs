using RetailLake.Core.Errors;
using RetailLake.Core.Rows;
using RetailLake.Core.Warehouse;

namespace RetailLake.Core.Contracts.Compile;

/// <summary>What the row pipeline and the load would say at run time, said at check time.</summary>
internal static class LaterStages
{
    public static IEnumerable<ContractObjection> ObjectionsTo(Contract contract) =>
        contract.Tables.Select(Rows).OfType<ContractObjection>()
            .Concat(LoadScript.Check(contract).Select(problem => new ContractObjection(problem, "Then check again.")));

    private static ContractObjection? Rows(ContractTable table)
    {
        try
        {
            _ = CompiledTable.For(table);
            return null;
        }
        catch (ContractInvalidException exception)
        {
            return new(exception.Found, exception.Remedy);
        }
    }
}
