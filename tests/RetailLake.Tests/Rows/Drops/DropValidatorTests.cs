using System.Text.Json;
using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Runs;

namespace RetailLake.Tests.Rows.Drops;

public sealed class DropValidatorTests : IDisposable
{
    private static readonly Contract Bills = DropFixture.Contract(DropFixture.Bills);
    private static readonly Contract BillsAndLines = DropFixture.Contract(DropFixture.Bills, DropFixture.Lines);

    private readonly DropFixture drops = new();

    [Fact]
    public async Task OneTable_SplitsRowsOfAllDrops_AndBooksBalance()
    {
        var (landed, validated, curated) = await drops.RunAsync(
            Bills,
            await drops.DropAsync("a", DropFixture.Lined("bill|1|10.50|9876543210", "bill|2|-3|12345", "bill|3|!1,0|~")),
            await drops.DropAsync("b", "x torn\n"),
            await drops.DropAsync("c", DropFixture.Lined("?bill|4", "bill|5|2.25|~", "bill|6|x|~")));

        var table = validated.Tables.Single();
        (table.LandedRows, table.ValidRows, table.RejectedRows).Should().Be((6, 2, 4));
        table.Reasons.Should().BeEquivalentTo(new Dictionary<string, long> { ["phone_in"] = 1, ["format"] = 1, ["columns"] = 1, ["type"] = 1 });
        landed.Landed[0].Sums["total"].Should().Be(validated.Valid[0].Sums["total"] + validated.Rejected[0].Sums["total"]).And.Be(9.75m);
        validated.Valid[0].Rows.Should().Be(2);
        validated.Rejected[0].Sums["total"].Should().Be(-3m);
        curated.Curated[0].Sums["total"].Should().Be(12.75m);
        drops.Curated(curated, "bill").Should().Equal("1", "5");
    }

    [Fact]
    public async Task BadRow_RejectsItsWholeUnit_AndNoOther()
    {
        var (_, validated, curated) = await drops.RunAsync(
            BillsAndLines,
            await drops.DropAsync("a", DropFixture.Lined(
                "-", "bill|1|1|~", "line|100|1|0.5|~", "line|101|1|0.5|~", "-", "bill|2|2|~", "line|102|2|3|~", "line|103|2|-1|~", "-", "bill|3|3|~")),
            await drops.DropAsync("b", DropFixture.Lined(
                "-", "bill|4|!four|~", "line|104|4|4|~", "-", "bill|5|5|~", "?line|105", "line|106|5|5|~", "-", "line|107|6|1|~", "bill|6|6|~")));

        drops.Curated(curated, "bill").Should().Equal("1", "3", "6");
        drops.Curated(curated, "line").Should().Equal("100", "101", "107");
        validated.Tables[0].Reasons.Should().BeEquivalentTo(new Dictionary<string, long> { ["unit_rejected"] = 2, ["format"] = 1 });
        validated.Tables[1].Reasons.Should().BeEquivalentTo(new Dictionary<string, long> { ["unit_rejected"] = 3, ["range"] = 1, ["columns"] = 1 });
        validated.Rejected.Select(totals => (totals.Rows, totals.Sums.Values.Single())).Should().Equal((3, 7m), (5, 11m));
    }

    [Fact]
    public async Task ChildWithoutItsParentInTheUnit_IsAnOrphan()
    {
        var (_, validated, curated) = await drops.RunAsync(
            BillsAndLines,
            await drops.DropAsync("a", DropFixture.Lined("line|99|9|1|~", "-", "bill|1|1|~", "line|100|1|1|~", "-", "line|101|1|1|~", "line|102|1|-1|~")),
            await drops.DropAsync("b", DropFixture.Lined("-", "bill|2|1|~", "line|103|2|1|~", "line|104|1|1|~", "-", "bill|x|1|~", "line|105|3|1|~")));

        drops.Curated(curated, "bill").Should().Equal("1");
        drops.Curated(curated, "line").Should().Equal("100");
        validated.Tables[1].Reasons.Should().BeEquivalentTo(new Dictionary<string, long> { ["orphan"] = 4, ["range"] = 1, ["unit_rejected"] = 2 });
        validated.Tables[0].Reasons.Should().BeEquivalentTo(new Dictionary<string, long> { ["unit_rejected"] = 1, ["type"] = 1 });
    }

    /// <summary>A value that is that of the row before counts and fails in each row that has it.</summary>
    [Fact]
    public async Task FieldsThatRepeat_AreJudgedInEachRow()
    {
        var (_, validated, curated) = await drops.RunAsync(
            BillsAndLines,
            await drops.DropAsync("a", DropFixture.Lined(
                "-", "bill|1|1|~", "line|100|1|-1|n", "line|101|1|-1|n", "line|102|1|2|n", "line|103|1|2|n",
                "-", "bill|2|1|~", "line|104|2|1.5|~", "line|105|2|1.5|~",
                "-", "bill|3|1|~", "line|106|9|1|~", "line|107|9|1|~", "line|108|3|1|~")));

        drops.Curated(curated, "line").Should().Equal("104", "105");
        curated.Curated[1].Sums["amount"].Should().Be(3m);
        validated.Tables[1].Reasons.Should().BeEquivalentTo(new Dictionary<string, long> { ["range"] = 2, ["unit_rejected"] = 3, ["orphan"] = 2 });
        validated.Tables[1].NullCounts["note"].Should().Be(2);
        validated.Rejected[1].Sums["amount"].Should().Be(5m);
    }

    [Fact]
    public async Task SeveralParentsInOneUnit_EachChildFindsItsOwn()
    {
        var (_, validated, _) = await drops.RunAsync(
            BillsAndLines,
            await drops.DropAsync("a", DropFixture.Lined("-", "line|1|2|1|~", "line|2|2|1|~", "bill|1|1|~", "line|3|1|1|~", "bill|2|1|~", "line|4|1|1|~", "bill|3|1|~", "line|5|2|1|~")));

        validated.Tables.Select(table => (table.ValidRows, table.RejectedRows)).Should().Equal((3, 0), (5, 0));
        validated.Tables.Should().AllSatisfy(table => (table.Verdicts, table.Rejects).Should().Be((null, null)));
    }

    [Fact]
    public async Task OneTableOfAnXmlUnit_StandsOrFallsWhole()
    {
        var contract = Bills with { Drop = new DropSpec { Format = DropFormat.Xml } };

        var (_, _, curated) = await drops.RunAsync(contract, await drops.DropAsync("a", DropFixture.Lined("-", "bill|1|1|~", "bill|2|x|~", "-", "bill|3|1|~")));

        drops.Curated(curated, "bill").Should().Equal("3");
    }

    [Fact]
    public async Task Reject_SaysWhereAndWhy()
    {
        var drop = await drops.DropAsync("a", DropFixture.Lined("-", "bill|1|1|~", "line|100|1|1|~", "-", "bill|2|1|9876543210", "line|101|2|!1\\,5\t0|n"));

        var (_, validated, _) = await drops.RunAsync(BillsAndLines, await drops.DropAsync("first", "-\nbill|7|1|~\nline|7|7|1|~\n"), drop);

        var bill = JsonDocument.Parse((await drops.RejectsAsync(validated.Tables[0])).Single()).RootElement;
        var line = JsonDocument.Parse((await drops.RejectsAsync(validated.Tables[1])).Single()).RootElement;
        bill.GetProperty("object").GetString().Should().Be(drop.Object.Key);
        (bill.GetProperty("drop").GetString(), bill.GetProperty("record").GetString(), bill.GetProperty("row").GetInt64(), bill.GetProperty("unit").GetInt64())
            .Should().Be((drop.Id, "B", 2, 2));
        bill.GetProperty("key").GetProperty("id").GetString().Should().Be("2");
        bill.GetProperty("raw").GetString().Should().MatchRegex("^2\t1\t[A-Za-z0-9_-]{22}$");
        line.GetProperty("record").GetString().Should().Be("line");
        line.GetProperty("reasons").EnumerateArray().Select(reason => $"{reason.GetProperty("column")}:{reason.GetProperty("code")}").Should().Equal("amount:format");
        line.GetProperty("raw").GetString().Should().Be("101\t2\t1\\\\,5\\t0\tn");
    }

    [Fact]
    public async Task RefusedRecord_IsInQuarantineByItsPlaceAlone()
    {
        var (_, validated, _) = await drops.RunAsync(Bills, await drops.DropAsync("a", DropFixture.Lined("bill|1|1|~", "?bill|9876543210|secret")));

        var reject = (await drops.RejectsAsync(validated.Tables[0])).Single();

        reject.Should().NotContain("secret").And.NotContain("9876543210");
        var parts = JsonDocument.Parse(reject).RootElement;
        parts.GetProperty("row").GetInt64().Should().Be(2);
        parts.GetProperty("key").EnumerateObject().Should().BeEmpty();
        parts.TryGetProperty("raw", out _).Should().BeFalse();
        parts.GetProperty("reasons")[0].GetProperty("code").GetString().Should().Be("columns");
    }

    [Fact]
    public async Task ValueThatNoColumnTakes_IsCutInQuarantine_BetweenCharacters()
    {
        var note = "x" + string.Concat(Enumerable.Repeat("क", 100_000));
        var (_, validated, _) = await drops.RunAsync(BillsAndLines, await drops.DropAsync("a", DropFixture.Lined("-", "bill|1|1|~", $"line|100|1|1|{note}")));

        var reject = JsonDocument.Parse((await drops.RejectsAsync(validated.Tables[1])).Single()).RootElement;

        reject.GetProperty("reasons")[0].GetProperty("code").GetString().Should().Be("too_long_bytes");
        reject.GetProperty("cut").EnumerateArray().Select(column => column.GetString()).Should().Equal("note");
        reject.GetProperty("raw").GetString().Should().Be($"100\t1\t1\t{note[..21_845]}");
    }

    [Fact]
    public async Task ParentFarBehindItsChildren_IsNone_AndTheyAreOrphans()
    {
        var lines = string.Concat(Enumerable.Range(1, 250_001).Select(number => $"line|{number}|{number}|1|~\n"));

        var (_, validated, _) = await drops.RunAsync(BillsAndLines, await drops.DropAsync("a", $"-\n{lines}bill|1|1|~\n"));

        validated.Tables[1].Reasons.Should().Equal(new Dictionary<string, long> { ["orphan"] = 250_001 });
        validated.Tables[0].Reasons.Should().Equal(new Dictionary<string, long> { ["unit_rejected"] = 1 });
    }

    [Fact]
    public async Task PersonalValues_AreNowhereInQuarantine()
    {
        var random = new Random(7);
        var phones = Enumerable.Range(0, 300).Select(_ => $"9{random.Next(100_000_000, 999_999_999)}").ToList();
        var lines = phones.Select((phone, index) => (index % 6) switch
        {
            0 => $"-\nbill|{index}|x|{phone}",
            1 => $"-\nbill|{index}|1|!{phone}",
            2 => $"-\n?bill|{index}|{phone}",
            3 => $"-\nbill|{index}|1|{phone}\n?line|{phone}",
            4 => $"-\nbill|{index}|1|{phone}000",
            _ => $"-\nbill|{index}|1|{phone}\nline|{index}|{index}|-1|~",
        });

        var (_, validated, _) = await drops.RunAsync(BillsAndLines, await drops.DropAsync("a", DropFixture.Lined([.. lines])));

        var quarantine = await drops.QuarantineAsync();
        validated.Tables[0].RejectedRows.Should().Be(300);
        quarantine.Length.Should().BeGreaterThan(30_000);
        phones.Where(phone => quarantine.Contains(phone, StringComparison.Ordinal)).Should().BeEmpty();
    }

    [Fact]
    public async Task RowsOtherThanLandingCounted_AreAnImbalance()
    {
        var landed = await drops.LandAsync(Bills, await drops.DropAsync("a", DropFixture.Lined("bill|1|1|~", "bill|2|1|~")));

        var fewer = () => drops.ValidateAsync(Bills, Counting(landed, 3), "fewer");
        var more = () => drops.ValidateAsync(Bills, Counting(landed, 1), "more");

        await fewer.Should().ThrowAsync<BooksDoNotBalanceException>().WithMessage("Found 2 rows*landing counted 3*");
        await more.Should().ThrowAsync<BooksDoNotBalanceException>().WithMessage("Found 2 rows*landing counted 1*");
    }

    [Fact]
    public async Task DropRefusedOnlyAfterLanding_IsAnImbalance()
    {
        var good = await drops.LandAsync(Bills, await drops.DropAsync("a", "bill|1|1|~\n"));
        var torn = await drops.DropAsync("a", "bill|1|1|~\nx torn\n");

        var act = () => drops.ValidateAsync(Bills, good with { Drops = [good.Drops![0] with { Drop = torn }] });

        await act.Should().ThrowAsync<BooksDoNotBalanceException>().WithMessage("*refused (torn) after landing had taken it*");
    }

    public void Dispose() => drops.Dispose();

    private static LandedManifest Counting(LandedManifest landed, long rows) => landed with
    {
        Tables = [landed.Tables[0] with { Rows = rows }],
        Drops = [landed.Drops![0] with { Rows = [landed.Drops[0].Rows[0] with { Rows = rows }] }],
    };
}
