using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Errors;
using RetailLake.Core.Runs;

namespace RetailLake.Tests.Rows.Drops;

public sealed class DropLanderTests : IDisposable
{
    private static readonly Contract BillsAndLines = DropFixture.Contract(DropFixture.Bills, DropFixture.Lines);

    private readonly DropFixture drops = new();

    [Fact]
    public async Task Drops_AreCountedAndSummed_ByTable()
    {
        var first = await drops.DropAsync("a", DropFixture.Lined("-", "bill|1|10.50|~", "line|1|1|4.25|x", "line|2|1|6.25|y"));
        var second = await drops.DropAsync("b", DropFixture.Lined("-", "bill|2|0.50|~", "line|3|2|0.50|z"));

        var landed = await drops.LandAsync(BillsAndLines, first, second);

        landed.Tables.Should().Equal(new LandedTable("bill", "drops", null, 2), new LandedTable("line", "drops", null, 3));
        landed.Landed.Select(totals => (totals.Rows, totals.Sums.Values.Single())).Should().Equal((2, 11m), (3, 11m));
        landed.Source.Should().BeEquivalentTo(landed.Landed);
        landed.Drops!.Select(drop => drop.Drop).Should().Equal(first, second);
        landed.Drops![0].Rows.Select(totals => (totals.Table, totals.Rows)).Should().Equal(("bill", 1), ("line", 2));
        landed.Drops[0].Skipped.Should().Equal(new Dictionary<string, long> { ["note"] = 1 });
    }

    [Theory]
    [InlineData("=line|3|amount:10.50", "2 rows of table 'line'", "trailer states 3")]
    [InlineData("=line|1", "2 rows of table 'line'", "trailer states 1")]
    [InlineData("=line|2|amount:10.51", "a sum of 10.50 in 'line.amount'", "trailer states 10.51")]
    [InlineData("=line|-1|amount:-10.50", "a sum of 10.50 in 'line.amount'", "trailer states -10.50")]
    public async Task TrailerSaysOtherwise_RefusesThatDropAlone(string trailer, string found, string stated)
    {
        const string Text = "-\nbill|1|10.50|~\nline|1|1|4.25|x\nline|2|1|6.25|y\n";
        var right = await drops.DropAsync("right", Text + "=line|2|amount:10.5\n=bill|1\n");
        var wrong = await drops.DropAsync("wrong", Text + trailer + "\n");
        var silent = await drops.DropAsync("silent", Text + "=line|-1|amount:10.50\n");

        var landed = await drops.LandAsync(BillsAndLines, right, wrong, silent);

        landed.Drops!.Select(drop => drop.Refused?.Code).Should().Equal(null, DropRefusalCode.Totals, null);
        landed.Drops![1].Refused!.Message.Should().Contain(found).And.Contain(stated);
        landed.Drops[1].Rows.Should().BeEmpty();
        landed.Landed.Select(totals => (totals.Rows, totals.Sums.Values.Single())).Should().Equal((2, 21m), (4, 21m));
        landed.Source.Should().BeEquivalentTo(landed.Landed);
    }

    [Fact]
    public async Task ControlFileSaysOtherwise_RefusesTheDrop()
    {
        var drop = await drops.DropAsync("a", DropFixture.Lined("-", "bill|1|1|~", "line|1|1|1|x", "line|2|1|1|x"));

        var landed = await drops.LandAsync(Controlled(new(Rows: "rows")), drop with { DeclaredRows = 2 }, drop with { DeclaredRows = 1 });

        landed.Drops!.Select(one => one.Refused?.Code).Should().Equal(DropRefusalCode.Totals, null);
        landed.Drops![0].Refused!.Message.Should().Contain("Found 1 rows of table 'bill'").And.Contain("control file states 2").And.Contain("the drop itself");
    }

    [Fact]
    public async Task RowsThatTheContractNoLongerReadsFromControlFiles_RefuseNothing()
    {
        var drop = await drops.DropAsync("a", DropFixture.Lined("-", "bill|1|1|~", "line|1|1|1|x"));

        var landed = await drops.LandAsync(Controlled(new(Bytes: "bytes")), drop with { DeclaredRows = 2, Release = 1 });

        landed.Drops!.Single().Refused.Should().BeNull();
        landed.Source[0].Rows.Should().Be(1);
    }

    [Fact]
    public async Task DropThatIsNoDocument_IsRefused_AndTheRunGoesOn()
    {
        var torn = await drops.DropAsync("torn", DropFixture.Lined("-", "bill|1|99|~", "x torn"));
        var good = await drops.DropAsync("good", DropFixture.Lined("-", "bill|2|1|~"));

        var landed = await drops.LandAsync(BillsAndLines, torn, good);

        landed.Drops![0].Refused.Should().Be(new DropRefusal("torn", $"Found the end of drop '{torn.Id[..8]}' too early. It stays in landing. Send it again."));
        landed.Landed[0].Rows.Should().Be(1);
        landed.Landed[0].Sums["total"].Should().Be(1m);
    }

    [Fact]
    public async Task AllRefused_LandsTablesWithoutRows()
    {
        var landed = await drops.LandAsync(BillsAndLines, await drops.DropAsync("torn", "x torn\n"));

        landed.Tables.Select(table => table.Rows).Should().Equal(0, 0);
        landed.Landed.Select(totals => totals.Sums.Values.Single()).Should().Equal(0m, 0m);
    }

    [Theory]
    [InlineData("bill|1|7|~", "bill|1|8|~")]
    [InlineData("bill|1|7|~", "x damaged~")]
    public async Task FlippedBytesInLanding_AreDamage_NotARefusal(string landed, string found)
    {
        var drop = await drops.DropAsync("a", DropFixture.Lined("-", landed, "bill|2|1|~"));
        var path = drops.Lake.Locate(drop.Object.Key);
        var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        File.Delete(path);
        await File.WriteAllTextAsync(path, text.Replace(landed, found, StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var act = () => drops.LandAsync(BillsAndLines, drop);

        await act.Should().ThrowAsync<ObjectDamagedException>().WithMessage("*SHA-256*");
    }

    [Fact]
    public async Task MissingObject_IsDamage()
    {
        var drop = await drops.DropAsync("a", "-\n");
        File.Delete(drops.Lake.Locate(drop.Object.Key));

        var act = () => drops.LandAsync(BillsAndLines, drop);

        await act.Should().ThrowAsync<ObjectDamagedException>().WithMessage("*no object*");
    }

    [Fact]
    public async Task RefusedRecordsAndValues_CountAsRows_AndAsZeroInSums()
    {
        var drop = await drops.DropAsync("a", DropFixture.Lined("-", "bill|1|1.50|~", "-", "bill|2|!9,99|~", "-", "?bill|3|7", "-", "bill|4|x|~"));

        var landed = (await drops.LandAsync(BillsAndLines, drop)).Landed[0];

        (landed.Rows, landed.Sums["total"]).Should().Be((4, 1.50m));
    }

    [Fact]
    public async Task TotalWithUnreadableValues_SaysHowMany()
    {
        var drop = await drops.DropAsync("a", DropFixture.Lined("-", "bill|1|1.50|~", "-", "bill|2|!9,99|~", "-", "?bill|3|7", "-", "bill|4|x|~", "=bill|4|total:11.49"));

        var refused = (await drops.LandAsync(BillsAndLines, drop)).Drops![0].Refused!;

        refused.Message.Should().Contain("a sum of 1.50").And.Contain("(3 of its values cannot be read and count as 0)").And.NotContain("9,99");
    }

    public void Dispose() => drops.Dispose();

    private static Contract Controlled(ControlFile control) =>
        BillsAndLines with { Drop = BillsAndLines.Drop! with { Proof = new(ProofKind.Control, "{stem}.ctl") { Control = control } } };
}
