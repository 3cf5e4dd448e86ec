using Microsoft.Extensions.DependencyInjection;
using RetailLake.Core.Catalog;
using RetailLake.Core.Contracts;
using RetailLake.Core.Metrics;
using RetailLake.Core.Runs;
using RetailLake.Core.Warehouse;
using RetailLake.Functions.Hosting;
using RetailLake.Local.DuckDb;
using RetailLake.Local.Templates;

namespace RetailLake.Local.Running;

/// <summary>What the host registers after a function's Startup: the function's own settings, and ports of this machine.</summary>
internal static class HostServices
{
    public static void Override(
        IServiceCollection services, LocalFunction function, HostOptions options, ContractCatalog contracts, IWarehouse warehouse, IStateMachines machines, Action<string> log)
    {
        services.AddSingleton(options.Time);
        services.AddSingleton(HostSettings.For(function, options));
        services.AddSingleton(contracts);
        services.AddSingleton(machines);
        services.AddSingleton<IMetrics>(new EmbeddedMetrics(options.Time, line => log($"{function.LogicalId} metrics {line}")));
        services.AddSingleton(new PortFactory<IWarehouse>("duckdb", (_, _, _) => new SharedWarehouse(warehouse)));
        services.AddSingleton(new PortFactory<ICatalog>("duckdb", (_, _, _) => new DuckDbCatalog(warehouse, options.Time)));
    }
}
