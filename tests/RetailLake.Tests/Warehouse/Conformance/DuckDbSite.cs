using System.Text.Json.Nodes;
using RetailLake.Core.Contracts;
using RetailLake.Core.Warehouse;

namespace RetailLake.Tests.Warehouse.Conformance;

internal sealed class DuckDbSite(params Contract[] contracts) : WarehouseSite(new Bench(contracts))
{
    public override IWarehouse Warehouse => Bench.Warehouse;

    public override Task<JsonObject> FirstEvent() => Bench.FirstEvent();

    public override string Locate(string key) => Path.Combine(Bench.Home, key);
}
