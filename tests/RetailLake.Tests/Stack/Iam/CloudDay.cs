using System.Text.Json;
using System.Text.Json.Nodes;
using RetailLake.Core.Drops;
using RetailLake.Tests.Aws.Cloud;
using RetailLake.Tests.Ftp;
using RetailLake.Tests.Onboarding;
using RetailLake.Tests.Scenarios;

namespace RetailLake.Tests.Stack.Iam;

/// <summary>What happens to a lake on AWS in a day, so that every function does all it does: a database, files that come and files that are fetched, a topic, rejects that are released, a load that fails once.</summary>
internal sealed class CloudDay(CloudLake lake)
{
    private const string Prices = "gp.price";

    public static async Task<CloudLake> OpenAsync(TestSource source, RealFolder senders)
    {
        var price = new FileContract("gp", "price", @"{ format: delimited, name: 'p[0-9]+\.csv', proof: stable, replaces: rows }", FileContract.Key("sku", "sku", 1), FileContract.Money("amount", "amount")) { RejectBudget = 100 };
        var pulled = new FileContract("poslog", "transaction", @"{ format: delimited, name: 't[0-9]+\.csv', proof: stable, replaces: rows }", FileContract.Key("id", "id", 1))
            .ToString().Replace("type: s3, location: s3://lake/drops/poslog/transaction", $"type: custom, location: '{senders.Location}'", StringComparison.Ordinal);
        return await CloudLake.OpenAsync(source, new(ScenarioServer.Orders, "pos.bill")
        {
            Texts = new Dictionary<string, string> { [Prices] = price.ToString(), ["poslog.transaction"] = pulled },
            Secrets = new Dictionary<string, string> { [PullFeeds.Secret] = JsonSerializer.Serialize(senders.Secret, JsonSerializerOptions.Web) },
        });
    }

    public async Task RunAsync(RealFolder senders)
    {
        await OrdersAsync();
        await FilesAsync();
        await TopicAsync();
        await PullAsync(senders);
    }

    private async Task OrdersAsync()
    {
        var conflicts = 0;
        lake.Api.Fail = statements => statements.Any(sql => sql.StartsWith("COPY ", StringComparison.Ordinal)) && Interlocked.Increment(ref conflicts) == 1 ? "ERROR: 1023 DETAIL: Serializable isolation violation on table - 1" : null;
        await lake.InvokeAsync("StartIngestFunction", """{"source":"oms","feed":"order","tick":"2026-11-22T19:30:00Z"}""");
        await SettledWellAsync();
        lake.Api.Fail = _ => null;
    }

    private async Task FilesAsync()
    {
        await lake.UploadAsync($"drops/gp/price/p1.csv", "sku,amount\n1,10.5\n2,n/a\n");
        await AnnounceAsync("drops/gp/price/p1.csv");
        await AnnounceAsync(await RecordAsync());
        await SettledWellAsync();
        await lake.InvokeAsync("ReleaseQuarantineFunction", """{"source":"gp","feed":"price","by":"tests"}""");
        await SettledWellAsync();

        // Landed while the feed ran: nobody started it, and its end does.
        await lake.UploadAsync($"drops/gp/price/p2.csv", "sku,amount\n3,1\n");
        await AnnounceAsync("drops/gp/price/p2.csv");
        await lake.InvokeAsync("WakeFeedFunction", Ended("gp", "price"));
        await SettledWellAsync();
        await lake.InvokeAsync("WakeFeedFunction", Ended("gp", "price"));

        // The notification was lost; the schedule sweeps.
        await lake.UploadAsync($"drops/gp/price/p3.csv", "sku,amount\n4,1\n");
        await lake.InvokeAsync("StartIngestFunction", """{"source":"gp"}""");
        await SettledWellAsync();
    }

    private async Task TopicAsync()
    {
        await lake.InvokeAsync("LandPosEventsFunction", Repository.Read("events", "LandPosEvents", "two-partitions.json"));
        await lake.InvokeAsync("LandPosEventsFunction", Repository.Read("events", "LandPosEvents", "two-partitions.json"));

        // Its records are pieces of bills: the run may well refuse them, and has read them then.
        await lake.InvokeAsync("StartIngestFunction", """{"source":"pos","tick":"2026-11-22T19:30:00Z"}""");
        await lake.SettleAsync();
    }

    private async Task PullAsync(RealFolder senders)
    {
        File.SetLastWriteTimeUtc(senders.Write("t1.csv", "id\n1\n"u8.ToArray()), new(2026, 11, 21, 9, 30, 0, DateTimeKind.Utc));
        await lake.InvokeAsync("ListDropsFunction", $$"""{"source":"poslog","execution":"20261122T193000000Z","pass":0,"stateMachine":"arn:aws:states:{{StackValues.Region}}:{{StackValues.Account}}:stateMachine:poslog-pull"}""");
        var noticed = await KeyAsync("pulls/poslog/transaction/noticed/");
        await lake.InvokeAsync("FetchDropFunction", new JsonObject { ["source"] = "poslog", ["feed"] = "transaction", ["file"] = noticed }.ToJsonString());
        await lake.InvokeAsync("ListDropsFunction", """{"source":"poslog","execution":"20261122T193000000Z","pass":1}""");
        await lake.InvokeAsync("StartIngestFunction", """{"source":"poslog","feed":"transaction","tick":"2026-11-22T19:30:00Z"}""");
        await SettledWellAsync();
    }

    private async Task SettledWellAsync()
    {
        await lake.SettleAsync();
        lake.Executions.List(new(Limit: int.MaxValue)).Where(execution => execution.Status != "SUCCEEDED").Should().BeEmpty(string.Join('\n', lake.Log));
    }

    private Task<string> AnnounceAsync(string key) => lake.InvokeAsync("DispatchDropFunction", new JsonObject
    {
        ["Records"] = new JsonArray(new JsonObject
        {
            ["messageId"] = "m1",
            ["body"] = new JsonObject
            {
                ["Records"] = new JsonArray(new JsonObject { ["eventName"] = "ObjectCreated:Put", ["s3"] = new JsonObject { ["object"] = new JsonObject { ["key"] = key } } }),
            }.ToJsonString(),
        }),
    }.ToJsonString());

    private Task<string> RecordAsync() => KeyAsync(DropRecords.Folder("gp", "price"));

    private async Task<string> KeyAsync(string prefix)
    {
        await foreach (var key in lake.Lake.ListAsync(prefix, CancellationToken.None))
        {
            return key;
        }

        throw new InvalidOperationException($"Found nothing under '{prefix}'.");
    }

    private static string Ended(string source, string feed)
    {
        var ended = JsonNode.Parse(Repository.Read("events", "WakeFeed", "succeeded.json"))!;
        ended["detail"]!["input"] = $$"""{"source":"{{source}}","feed":"{{feed}}"}""";
        return ended.ToJsonString();
    }
}
