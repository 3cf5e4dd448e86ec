using RetailLake.Core.Streams;
using RetailLake.Local.Servers;

namespace RetailLake.Tests.Kafka;

/// <summary>A producer that is none of ours: Debian's kcat into a running <c>lake up</c> with its own broker.</summary>
public sealed class KcatTests : IAsyncLifetime
{
    private readonly StreamLake lake = new(StreamLake.Bills);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => lake.DisposeAsync();

    [Fact]
    public async Task Kcat_ProducesIntoTheRunningLake()
    {
        var kcat = await new DebianPackages(ToolsFolder.Default).EnsureAsync("kcat", "kcat", ["kcat"]);
        await using var up = UpProcess.Start(lake.App, lake.Home);
        var said = await up.SaysAsync("from Kafka at ");
        var broker = said[(said.IndexOf("from Kafka at ", StringComparison.Ordinal) + "from Kafka at ".Length)..].Split(',')[0];
        var bills = Enumerable.Range(0, 200).Select(Bill).ToList();

        var sent = await new Command(kcat.Require("kcat"), ["-P", "-b", broker, "-t", "pos.bill", "-p", "1", "-K", "|", "-H", "till=7", "-z", "lz4"])
        {
            Environment = kcat.Environment(), Input = string.Concat(bills.Select((bill, index) => $"{index}|{bill}\n")),
        }.RunAsync(default);

        sent.Succeeded.Should().BeTrue(sent.Tail);
        LandedFolder landed = new(lake.Home);
        await StreamLake.UntilAsync(() => landed.EndOf(StreamLake.Of(1)) == 199);
        await StreamLake.UntilAsync(() => up.Sql("SELECT COUNT(*) AS n FROM pos.bill")?[0]!["n"]!.GetValue<long>() == 200);
        var found = up.Sql("SELECT SUM(net_amount) AS net, (SELECT SUM(amount) FROM pos.bill_line) AS lines, (SELECT MIN(description) FROM pos.bill_line) AS what FROM pos.bill")![0]!;
        found["net"]!.GetValue<decimal>().Should().Be(19_950m);
        found["lines"]!.GetValue<decimal>().Should().Be(19_950m);
        found["what"]!.GetValue<string>().Should().Be("₹ किराना");
        await up.KillAsync();
        var records = await lake.RecordsAsync(1);
        records.Select(record => System.Text.Encoding.UTF8.GetString(record.Value!.Value.Span)).Should().Equal(bills);
        records.Select(record => System.Text.Encoding.UTF8.GetString(record.Key!.Value.Span)).Should().Equal(Enumerable.Range(0, 200).Select(index => $"{index}"));
        records.Should().OnlyContain(record => record.Headers.Count == 1 && record.TimestampKind == TimestampKind.CreateTime);
    }

    private static string Bill(int number) =>
        $$"""{"bill_no":"B{{number}}","revision":1,"store_id":7,"till":1,"business_date":"2026-11-25","sold_at":"2026-11-25T10:00:00+05:30","kind":"SALE","currency":"INR","""
        + $$""" "totals":{"gross":{{number}}.25,"tax":0,"net":{{number}}.25},"lines":[{"sku":"S","description":"₹ किराना","quantity":1,"unit_price":{{number}}.25,"amount":{{number}}.25}],"tenders":[{"type":"CASH","amount":{{number}}.25}]}""";
}
