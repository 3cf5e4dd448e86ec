using Amazon.Lambda.Annotations;
using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Warehouse;

namespace RetailLake.Functions;

/// <summary>Creates what the contracts need in the warehouse; run at deploy, and again at will.</summary>
public sealed class MigrateWarehouseFunction(ContractCatalog contracts, IWarehouse warehouse)
{
    [LambdaFunction(ResourceName = "MigrateWarehouseFunction")]
    public async Task<MigrateWarehouseOutput> MigrateWarehouse(MigrateWarehouseInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        IReadOnlyCollection<Contract> wanted = input.Contracts is { } ids ? [.. ids.Select(contracts.Get)] : [.. contracts.All.Where(contract => contract.Stream is null)];
        if (wanted.FirstOrDefault(contract => contract.Stream is not null) is { } stream)
        {
            throw new NotSupportedByLakeException($"Found that '{stream.Id}' is read from a topic; its records land, and nothing loads them yet.", "Nothing was migrated.", "Leave it out, or name no contracts.");
        }

        await MigrationScript.RunAsync(warehouse, wanted, CancellationToken.None);
        return new(wanted.Count);
    }
}
