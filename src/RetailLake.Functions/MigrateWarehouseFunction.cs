using Amazon.Lambda.Annotations;
using RetailLake.Core.Contracts;
using RetailLake.Core.Warehouse;

namespace RetailLake.Functions;

/// <summary>Creates what the contracts need in the warehouse; run at deploy, and again at will.</summary>
public sealed class MigrateWarehouseFunction(ContractCatalog contracts, IWarehouse warehouse)
{
    [LambdaFunction(ResourceName = "MigrateWarehouseFunction")]
    public async Task<MigrateWarehouseOutput> MigrateWarehouse(MigrateWarehouseInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        IReadOnlyCollection<Contract> wanted = input.Contracts is { } ids ? [.. ids.Select(contracts.Get)] : contracts.All;
        await MigrationScript.RunAsync(warehouse, wanted, CancellationToken.None);
        return new(wanted.Count);
    }
}
