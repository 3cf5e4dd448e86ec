using System.Text.Json;
using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Rows;
using RetailLake.Core.Rows.Landing;
using RetailLake.Core.Runs;

namespace RetailLake.Tests.Rows;

public sealed class RowValidatorTests : IDisposable
{
    private static readonly ContractTable Bills = SliceFixture.Table(
        "bill", SliceFixture.Column("id", ColumnKind.Int64), SliceFixture.Column("total", ColumnKind.Decimal) with { ControlTotal = true },
        SliceFixture.Column("phone", ColumnKind.Text, new ColumnRule("phone-in")) with { Personal = true, Normalise = "phone-in" });

    private static readonly ContractTable Lines = SliceFixture.Table(
        "line", SliceFixture.Column("line_id", ColumnKind.Int64), SliceFixture.Column("bill_id", ColumnKind.Int64),
        SliceFixture.Column("amount", ColumnKind.Decimal, new ColumnRule("minimum", "0")) with { ControlTotal = true }) with { ParentKey = ["bill_id"] };

    private readonly SliceFixture slice = new();

    [Fact]
    public async Task OneTable_SplitsRowsAndBooksBalance()
    {
        var contract = SliceFixture.Contract(Bills);
        var landed = SliceFixture.Manifest(await slice.LandAsync(Bills, "1\t10.50\t9876543210\n2\t-3\t12345\n3\tx\t\\N\n4\t2.25\t\\N\n")) with
        {
            Landed = [new TableTotals("bill", 4, new Dictionary<string, decimal> { ["total"] = 9.75m })],
        };

        var validated = await slice.ValidateAsync(contract, landed);
        var curated = await slice.EncodeAsync(contract, landed, validated);

        var table = validated.Tables[0];
        (table.LandedRows, table.ValidRows, table.RejectedRows).Should().Be((4, 2, 2));
        validated.Valid[0].Sums["total"].Should().Be(12.75m);
        validated.Rejected[0].Sums["total"].Should().Be(-3m);
        table.Reasons.Should().BeEquivalentTo(new Dictionary<string, long> { ["phone_in"] = 1, ["type"] = 1 });
        table.NullCounts["phone"].Should().Be(1);
        curated.Curated[0].Sums["total"].Should().Be(12.75m);
        DuckDb.Parquet(slice.Lake.Locate(curated.Tables[0].Object.Key)).Select(row => row[0]).Should().Equal("1", "4");
    }

    [Fact]
    public async Task Reject_SaysWhereAndWhy_WithoutThePerson()
    {
        var landed = SliceFixture.Manifest(await slice.LandAsync(Bills, "1\t10.50\t9876543210\n2\t-3.999\t12345\n"));

        var table = (await slice.ValidateAsync(SliceFixture.Contract(Bills), landed)).Tables[0];

        var line = (await slice.RejectsAsync(table)).Single();
        line.Should().NotContain("12345");
        var reject = JsonDocument.Parse(line).RootElement;
        reject.GetProperty("object").GetString().Should().Be(landed.Tables[0].ListedObject.Key);
        reject.GetProperty("row").GetInt64().Should().Be(2);
        reject.GetProperty("key").GetProperty("id").GetString().Should().Be("2");
        reject.GetProperty("reasons").EnumerateArray().Select(reason => $"{reason.GetProperty("column")}:{reason.GetProperty("code")}:{reason.GetProperty("expected")}")
            .Should().Equal("total:scale:at most 2 digits after the point", "phone:phone_in:an Indian mobile number: ten digits, the first 6 to 9");
        reject.GetProperty("raw").GetString().Should().MatchRegex("^2\t-3.999\t[A-Za-z0-9_-]{22}$");
    }

    [Fact]
    public async Task BadLine_RejectsItsWholeBill()
    {
        var contract = SliceFixture.Contract(Bills, Lines);
        var landed = SliceFixture.Manifest(
            await slice.LandAsync(Bills, "1\t1\t\\N\n2\t2\t\\N\n10\t10\t\\N\n11\tx\t\\N\n"),
            await slice.LandAsync(Lines, "100\t1\t0.5\n101\t1\t0.5\n102\t2\t3\n103\t2\t-1\n104\t10\t10\n105\t11\t11\n"));

        var validated = await slice.ValidateAsync(contract, landed);
        var curated = await slice.EncodeAsync(contract, landed, validated);

        validated.Tables.Select(table => (table.ValidRows, table.RejectedRows)).Should().Equal((2, 2), (3, 3));
        validated.Tables[0].Reasons.Should().BeEquivalentTo(new Dictionary<string, long> { ["unit_rejected"] = 1, ["type"] = 1 });
        validated.Tables[1].Reasons.Should().BeEquivalentTo(new Dictionary<string, long> { ["unit_rejected"] = 2, ["range"] = 1 });
        validated.Valid.Select(totals => totals.Sums.Values.Single()).Should().Equal(11m, 11m);
        validated.Rejected.Select(totals => totals.Sums.Values.Single()).Should().Equal(2m, 13m);
        DuckDb.Parquet(slice.Lake.Locate(curated.Tables[1].Object.Key)).Select(row => row[0]).Should().Equal("100", "101", "104");
    }

    [Fact]
    public async Task LineWithoutBill_IsAnOrphan()
    {
        var landed = SliceFixture.Manifest(
            await slice.LandAsync(Bills, "2\t2\t\\N\n4\t2\t\\N\n"),
            await slice.LandAsync(Lines, "1\t1\t1\n2\t2\t1\n3\t3\t-1\n4\t4\t1\n5\t5\t1\n6\t\\N\t1\n"));

        var lines = (await slice.ValidateAsync(SliceFixture.Contract(Bills, Lines), landed)).Tables[1];

        lines.ValidRows.Should().Be(2);
        lines.Reasons.Should().BeEquivalentTo(new Dictionary<string, long> { ["orphan"] = 3, ["range"] = 1, ["required"] = 1 });
    }

    [Fact]
    public async Task TablesOutOfOrder_FailClearly()
    {
        var landed = SliceFixture.Manifest(await slice.LandAsync(Bills, "10\t2\t\\N\n9\t2\t\\N\n"), await slice.LandAsync(Lines, "1\t9\t1\n"));

        await slice.Awaiting(it => it.ValidateAsync(SliceFixture.Contract(Bills, Lines), landed))
            .Should().ThrowAsync<ObjectDamagedException>().WithMessage("Found row 2 of*in the order of the parent's key*");
    }

    [Fact]
    public async Task ManyUnits_AgreeWithAPlainJoin()
    {
        var random = new Random(99);
        var bills = Enumerable.Range(1, 3_000).Where(_ => random.Next(10) > 0).Select(id => (Id: id, Bad: random.Next(20) == 0)).ToList();
        var lines = Enumerable.Range(1, 3_000).SelectMany(id => Enumerable.Range(0, random.Next(4)).Select(_ => (Bill: id, Bad: random.Next(20) == 0))).ToList();
        var landed = SliceFixture.Manifest(
            await slice.LandAsync(Bills, string.Concat(bills.Select(bill => $"{bill.Id}\t{(bill.Bad ? "x" : "1")}\t\\N\n"))),
            await slice.LandAsync(Lines, string.Concat(lines.Select((line, index) => $"{index}\t{line.Bill}\t{(line.Bad ? "-1" : "1")}\n"))));
        var badUnits = bills.Where(bill => bill.Bad).Select(bill => bill.Id).Concat(lines.Where(line => line.Bad).Select(line => line.Bill)).ToHashSet();
        var known = bills.Select(bill => bill.Id).ToHashSet();

        var validated = await slice.ValidateAsync(SliceFixture.Contract(Bills, Lines), landed);

        validated.Tables[0].ValidRows.Should().Be(bills.Count(bill => !badUnits.Contains(bill.Id)));
        validated.Tables[1].ValidRows.Should().Be(lines.Count(line => !badUnits.Contains(line.Bill) && known.Contains(line.Bill)));
        (await slice.RejectsAsync(validated.Tables[1])).Should().HaveCount((int)validated.Tables[1].RejectedRows);
    }

    [Fact]
    public async Task AllValid_WritesNoObjects()
    {
        var landed = SliceFixture.Manifest(await slice.LandAsync(Bills, "1\t1\t\\N\n"));

        var table = (await slice.ValidateAsync(SliceFixture.Contract(Bills), landed)).Tables[0];

        (table.Verdicts, table.Rejects).Should().Be((null, null));
        Directory.Exists(new Uri(slice.Lake.Uri + "/quarantine").LocalPath).Should().BeFalse();
    }

    [Fact]
    public async Task EmptySlice_IsFine()
    {
        var contract = SliceFixture.Contract(Bills, Lines);
        var landed = SliceFixture.Manifest(await slice.LandAsync(Bills, ""), await slice.LandAsync(Lines, ""));

        var curated = await slice.EncodeAsync(contract, landed, await slice.ValidateAsync(contract, landed));

        curated.Tables.Should().BeEmpty();
    }

    [Theory]
    [InlineData(3, 9.75)]
    [InlineData(2, 9.76)]
    public async Task OtherTotalsThanLanded_NameTheHop(long rows, double sum)
    {
        var landed = SliceFixture.Manifest(await slice.LandAsync(Bills, "1\t10.50\t\\N\n2\t-0.75\t\\N\n")) with
        {
            Landed = [new TableTotals("bill", rows, new Dictionary<string, decimal> { ["total"] = (decimal)sum })],
        };

        await slice.Awaiting(it => it.ValidateAsync(SliceFixture.Contract(Bills), landed))
            .Should().ThrowAsync<BooksDoNotBalanceException>().WithMessage("*between landing and validation*");
    }

    [Fact]
    public async Task MoreOrFewerRowsThanListed_NameTheHop()
    {
        foreach (var rows in new long[] { 1, 3, 64 })
        {
            var landed = SliceFixture.Manifest(await slice.LandAsync(Bills, "1\t1\t\\N\n2\t1\t\\N\n", rows: rows));
            await slice.Awaiting(it => it.ValidateAsync(SliceFixture.Contract(Bills), landed)).Should().ThrowAsync<BooksDoNotBalanceException>();
        }
    }

    [Fact]
    public async Task OtherVerdicts_DoNotPassTheBooks()
    {
        var contract = SliceFixture.Contract(Bills);
        var landed = SliceFixture.Manifest(await slice.LandAsync(Bills, "1\t1\t\\N\n2\t2\t\\N\n3\tx\t\\N\n"));
        var validated = await slice.ValidateAsync(contract, landed);

        await slice.Awaiting(it => it.EncodeAsync(contract, landed, validated with { Valid = [validated.Valid[0] with { Rows = 1 }] }))
            .Should().ThrowAsync<BooksDoNotBalanceException>().WithMessage("*between validation and encoding*");
    }

    [Fact]
    public async Task FlippedBits_AreAlwaysFound()
    {
        var contract = SliceFixture.Contract(Bills);
        var landed = SliceFixture.Manifest(await slice.LandAsync(Bills, string.Concat(Enumerable.Range(0, 2_000).Select(id => $"{id}\t{id}.25\t\\N\n"))));
        var path = slice.Lake.Locate(landed.Tables[0].ListedObject.Key);
        var good = await File.ReadAllBytesAsync(path);
        var random = new Random(1);
        for (var round = 0; round < 200; round++)
        {
            var bad = (byte[])good.Clone();
            bad[random.Next(bad.Length)] ^= (byte)(1 << random.Next(8));
            await File.WriteAllBytesAsync(path, bad);
            await slice.Awaiting(it => it.ValidateAsync(contract, landed)).Should().ThrowAsync<ObjectDamagedException>();
        }
    }

    [Fact]
    public async Task Keys_AreParsedOnly()
    {
        var contract = SliceFixture.Contract(Bills);
        var landed = SliceFixture.Manifest(await slice.LandAsync(Bills, "1\n5\n7\n", "mysql-keys"));

        var validated = await slice.ValidateAsync(contract, landed);
        var curated = await slice.EncodeAsync(contract, landed, validated);

        curated.Tables[0].Kind.Should().Be(SliceKind.Keys);
        curated.Tables[0].Object.Key.Should().StartWith("curated/oms/bill.keys/");
        DuckDb.Parquet(slice.Lake.Locate(curated.Tables[0].Object.Key)).Select(row => row[0]).Should().Equal("1", "5", "7");
        var bad = SliceFixture.Manifest(await slice.LandAsync(Bills, "1\nx\n", "mysql-keys"));
        await slice.Awaiting(it => it.ValidateAsync(contract, bad)).Should().ThrowAsync<ObjectDamagedException>().WithMessage("Found a key on row 2*");
    }

    [Fact]
    public void Checking_AllocatesNothingPerRow()
    {
        const int rows = 50_000;
        var text = string.Concat(Enumerable.Range(0, rows).Select(id => $"{id}\t{id}.25\t98765432{id % 90 + 10}\n"));
        using var reader = new TabReader(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), 3, "test");
        var check = new RowCheck(CompiledTable.For(Bills));
        reader.Read();
        check.Check(reader);
        var before = GC.GetAllocatedBytesForCurrentThread();

        while (reader.Read())
        {
            check.Check(reader);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(rows / 10);
    }

    public void Dispose() => slice.Dispose();
}
