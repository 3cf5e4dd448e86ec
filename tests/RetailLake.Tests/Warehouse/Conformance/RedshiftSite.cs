using System.Text.Json.Nodes;
using Amazon.RedshiftDataAPIService;
using RetailLake.Aws.Redshift;
using RetailLake.Core.Contracts;
using RetailLake.Core.Warehouse;
using RetailLake.Tests.Aws.DataApi;
using RetailLake.Tests.Scenarios;

namespace RetailLake.Tests.Warehouse.Conformance;

/// <summary>The Redshift adapter, over the wire, before an emulator that runs Redshift's text on DuckDB.</summary>
internal sealed class RedshiftSite : WarehouseSite
{
    private readonly FolderBucket bucket;
    private readonly AmazonRedshiftDataAPIServiceClient client;

    public RedshiftSite(params Contract[] contracts)
        : base(new Bench(contracts))
    {
        bucket = new(Bench.Home);
        Lake = new(Bench.Home);
        Api = new(Path.Combine(Bench.Home, "redshift"), bucket);
        client = Api.Client();
        Warehouse = new RedshiftDataWarehouse(client, new("emulated", "lake"), "arn:aws:iam::123456789012:role/retaillake-copy", Lake, new HurriedTime());
    }

    public DataApiEmulator Api { get; }

    public FolderLake Lake { get; }

    public override IWarehouse Warehouse { get; }

    public override Task<JsonObject> FirstEvent()
    {
        var first = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        Api.OnStatus = status =>
        {
            first.TrySetResult(status);
            return Task.CompletedTask;
        };
        return first.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    public override string Locate(string key) => Lake.Locate(key);

    public override async ValueTask DisposeAsync()
    {
        client.Dispose();
        await Api.DisposeAsync();
        bucket.Dispose();
        await base.DisposeAsync();
    }
}
