using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Errors;
using RetailLake.Core.Runs;

namespace RetailLake.Tests.Rows.Drops;

public sealed class DropEncoderTests : IDisposable
{
    private static readonly Contract BillsAndLines = DropFixture.Contract(DropFixture.Bills, DropFixture.Lines);

    private readonly DropFixture drops = new();

    [Fact]
    public async Task EachRow_SaysWhichDropItCameFrom()
    {
        var first = await drops.DropAsync("same name", "-\nbill|1|1|~\nline|1|1|1|~\n", version: 20261121);
        var second = await drops.DropAsync("same name", "-\nbill|2|x|~\n-\nbill|3|1|~\nline|3|3|1|~\n", version: 20261122);

        var (_, _, curated) = await drops.RunAsync(BillsAndLines, first, second);

        foreach (var table in curated.Tables)
        {
            var path = drops.Lake.Locate(table.Object.Key);
            table.Kind.Should().Be(SliceKind.Drops);
            DuckDb.ParquetTypes(path).TakeLast(3).Select(column => string.Join(' ', column)).Should().Equal("_file BIGINT", "_drop BIGINT", "_version BIGINT");
            DuckDb.Parquet(path).Select(row => string.Join(' ', [row[0], .. row[^3..]])).Should().Equal(
                $"1 {first.FileNumber} {first.Number} 20261121", $"3 {second.FileNumber} {second.Number} 20261122");
        }

        first.FileNumber.Should().Be(second.FileNumber);
        first.Number.Should().NotBe(second.Number);
    }

    [Fact]
    public async Task EqualDrops_GiveEqualBytes()
    {
        var random = new Random(11);
        var text = string.Concat(Enumerable.Range(0, 9_000).Select(bill => $"-\nbill|{bill}|{random.Next(0, 900)}.50|98{random.Next(10_000_000, 99_999_999)}\nline|{bill}|{bill}|{random.Next(-1, 9)}|note {bill % 40}\n"));
        DropRef[] taken = [await drops.DropAsync("a", text), await drops.DropAsync("b", text, version: 2)];

        var landed = await drops.LandAsync(BillsAndLines, taken);
        var validated = await drops.ValidateAsync(BillsAndLines, landed);
        var first = await drops.EncodeAsync(BillsAndLines, landed, validated, "first");
        var second = await drops.EncodeAsync(BillsAndLines, landed, await drops.ValidateAsync(BillsAndLines, landed, "again"), "second");

        validated.Tables[0].RejectedRows.Should().BeGreaterThan(0);
        first.Tables.Should().HaveCount(2);
        second.Tables.Select(table => table.Object.Sha256).Should().Equal(first.Tables.Select(table => table.Object.Sha256));
        second.Tables.Select(table => table.Object.Key).Should().NotIntersectWith(first.Tables.Select(table => table.Object.Key));
    }

    [Fact]
    public async Task NothingValid_GivesNoObject()
    {
        var (landed, validated, curated) = await drops.RunAsync(BillsAndLines, await drops.DropAsync("a", "-\nbill|1|x|~\nline|1|1|1|~\n"), await drops.DropAsync("b", "x torn\n"));

        landed.Tables.Select(table => table.Rows).Should().Equal(1, 1);
        validated.Tables.Select(table => table.ValidRows).Should().Equal(0, 0);
        curated.Tables.Should().BeEmpty();
        curated.Curated.Select(totals => (totals.Rows, totals.Sums.Values.Single())).Should().Equal((0, 0m), (0, 0m));
    }

    [Fact]
    public async Task VerdictsOfOtherRows_AreAnImbalance()
    {
        var landed = await drops.LandAsync(BillsAndLines, await drops.DropAsync("a", "-\nbill|1|1|~\n-\nbill|2|x|~\n-\nbill|3|5|~\n"));
        var validated = await drops.ValidateAsync(BillsAndLines, landed);
        await using var writer = await drops.Lake.CreateAsync("quarantine/other", default);
        await writer.Stream.WriteAsync(new byte[] { 0b001 });
        var other = validated with { Tables = [validated.Tables[0] with { Verdicts = await writer.CommitAsync(default) }, validated.Tables[1]] };

        var act = () => drops.EncodeAsync(BillsAndLines, landed, other);

        await act.Should().ThrowAsync<BooksDoNotBalanceException>().WithMessage("*between validation and encoding*");
    }

    [Fact]
    public async Task DamagedObject_IsNotEncoded()
    {
        var drop = await drops.DropAsync("a", "-\nbill|1|1|~\n");
        var landed = await drops.LandAsync(BillsAndLines, drop);
        var validated = await drops.ValidateAsync(BillsAndLines, landed);
        var path = drops.Lake.Locate(drop.Object.Key);
        File.Delete(path);
        await File.WriteAllTextAsync(path, "-\nbill|1|2|~\n", TestContext.Current.CancellationToken);

        var act = () => drops.EncodeAsync(BillsAndLines, landed with { Extract = null }, validated);

        await act.Should().ThrowAsync<ObjectDamagedException>();
        (await Curated()).Should().BeEmpty();
    }

    public void Dispose() => drops.Dispose();

    private async Task<List<string>> Curated()
    {
        List<string> keys = [];
        await foreach (var key in drops.Lake.ListAsync("curated/", default))
        {
            keys.Add(key);
        }

        return keys;
    }
}
