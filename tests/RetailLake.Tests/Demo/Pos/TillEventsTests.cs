using System.Text.Json;
using RetailLake.Local.Demo.Pos;

namespace RetailLake.Tests.Demo.Pos;

/// <summary>The tills' own totals against what their records say, read without them.</summary>
public sealed class TillEventsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Records_ComeToWhatIsPlanted()
    {
        TillEvents events = new(5, Tills.Partitions);
        Dictionary<string, (int Revision, JsonElement Bill)> latest = new(StringComparer.Ordinal);
        var broken = 0;
        for (var bill = 0; bill < 6_000; bill++)
        {
            foreach (var record in events.Next(Now.AddMilliseconds(bill)))
            {
                if (Parse(record.Value) is not { } parsed)
                {
                    broken++;
                    continue;
                }

                parsed.GetProperty("bill_no").GetString().Should().Be(System.Text.Encoding.ASCII.GetString(record.Key));
                var revision = parsed.GetProperty("revision").GetInt32();
                latest[parsed.GetProperty("bill_no").GetString()!] = latest.TryGetValue(parsed.GetProperty("bill_no").GetString()!, out var known) && known.Revision > revision ? known : (revision, parsed);
            }
        }

        var planted = events.Planted().ToDictionary(table => table.Table);
        var bills = latest.Values.Select(bill => bill.Bill).ToList();
        planted["bill"].Should().BeEquivalentTo(new { Rows = 6_000L, Rejected = (long)broken, Valid = (long)bills.Count });
        planted["bill"].Sums["net_amount"].Should().Be(bills.Sum(Net));
        planted["bill_line"].Rows.Should().Be(bills.Sum(bill => bill.GetProperty("lines").GetArrayLength()));
        planted["bill_line"].Sums["amount"].Should().Be(bills.Sum(bill => Sum(bill, "lines", "amount")));
        planted["bill_tender"].Rows.Should().Be(bills.Sum(bill => bill.GetProperty("tenders").GetArrayLength()));
        planted["bill_tender"].Sums["amount"].Should().Be(bills.Sum(bill => Sum(bill, "tenders", "amount")));
        bills.Should().OnlyContain(bill => Net(bill) == Sum(bill, "lines", "amount") && Net(bill) == Sum(bill, "tenders", "amount")
            && Net(bill) == bill.GetProperty("totals").GetProperty("gross").GetDecimal() - bill.GetProperty("totals").GetProperty("discount").GetDecimal());
    }

    [Fact]
    public void Bills_AreOfAllKinds()
    {
        TillEvents events = new(5, Tills.Partitions);
        var records = Enumerable.Range(0, 6_000).SelectMany(bill => events.Next(Now.AddMilliseconds(bill))).ToList();
        var bills = records.Select(record => Parse(record.Value)).OfType<JsonElement>().ToList();

        var keys = records.Select(record => System.Text.Encoding.ASCII.GetString(record.Key)).ToHashSet(StringComparer.Ordinal);
        foreach (var kind in new[] { "SALE", "RETURN", "VOID" })
        {
            bills.Count(bill => bill.GetProperty("kind").GetString() == kind).Should().BeGreaterThan(20, kind);
        }

        bills.Select(bill => bill.GetProperty("store_id").GetInt32()).Distinct().Should().HaveCount(TillEvents.Stores);
        bills.Count(bill => bill.TryGetProperty("training", out _)).Should().BePositive("training bills");
        bills.Count(bill => bill.GetProperty("revision").GetInt32() == 2).Should().BePositive("corrected bills");
        bills.Count(bill => bill.GetProperty("sold_at").GetDateTimeOffset() < Now.AddMinutes(-30)).Should().BeInRange(60, 240, "late ones");
        bills.Where(bill => bill.GetProperty("kind").GetString() != "SALE").Should().OnlyContain(bill => keys.Contains(bill.GetProperty("original_bill_no").GetString()!), "what is returned or voided was sold");
        (records.Count - events.Bills).Should().BeGreaterThan(200, "bills that come once more, or corrected");
        records.Count.Should().BeGreaterThan(bills.Count, "some are broken");
        records.Select(record => record.Partition).Distinct().Should().HaveCount(Tills.Partitions);
    }

    [Fact]
    public void SameSeed_GivesTheSameRecords()
    {
        TillEvents one = new(9, Tills.Partitions), other = new(9, Tills.Partitions);

        for (var bill = 0; bill < 500; bill++)
        {
            one.Next(Now).Should().BeEquivalentTo(other.Next(Now), options => options.WithStrictOrdering());
        }
    }

    private static JsonElement? Parse(byte[] value)
    {
        try
        {
            return JsonElement.Parse(value);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static decimal Net(JsonElement bill) => bill.GetProperty("totals").GetProperty("net").GetDecimal();

    private static decimal Sum(JsonElement bill, string list, string member) => bill.GetProperty(list).EnumerateArray().Sum(item => item.GetProperty(member).GetDecimal());
}
