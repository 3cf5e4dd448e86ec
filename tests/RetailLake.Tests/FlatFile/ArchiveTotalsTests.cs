using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Sources.Drops;
using RetailLake.Tests.Rows.Drops;

namespace RetailLake.Tests.FlatFile;

/// <summary>Each file of an archive is held against its own trailer.</summary>
public sealed class ArchiveTotalsTests : IDisposable
{
    private const string Most = "9999999999999999999999999999";

    private static readonly Contract Feed = FlatDrop.Contract(
        FlatDrop.Delimited(new(Header: false), ProofKind.Trailer) with
        {
            Compression = DropCompression.Zip,
            Records = new RecordTypes("1", null, "T", [], [new(FlatDrop.At(2), "t", "units", null)]),
        },
        FlatDrop.Table("t", "D", FlatDrop.Column("id", from: FlatDrop.At(2)), FlatDrop.Column("units", ColumnKind.Int64, from: FlatDrop.At(3)) with { ControlTotal = true }));

    private readonly DropFixture drops = new() { Readers = new DropReaders() };

    [Fact]
    public async Task RightSums_AreTaken()
    {
        var landed = await drops.LandAsync(Feed, await ZipAsync("D,1,5\nT,5\n", "T,0\n", "D,2,7\nD,3,x\nT,7\n", "D,4,\nT,0\n", "T,0\n"));

        landed.Drops!.Single().Refused.Should().BeNull();
        landed.Source.Single().Should().BeEquivalentTo(landed.Landed.Single());
        landed.Landed.Single().Should().BeEquivalentTo(new { Rows = 4L, Sums = new Dictionary<string, decimal> { ["units"] = 12 } });
    }

    [Theory]
    [InlineData("a sum of 5 in 't.units' in drop", "D,1,5\nT,15\n", "D,2,7\nT,-3\n")]
    [InlineData("a sum of 7 in 't.units' in drop", "D,1,5\nT,5\n", "D,2,7\nT,17\n", "D,2,7\nT,-3\n")]
    [InlineData("a sum of 7 in 't.units' in drop", "D,1,5\nT,5\n", "D,2,7\nT,12\n")]
    [InlineData("no row in 'f0.txt'", "T,5\n", "D,2,5\nT,0\n")]
    [InlineData("no row in 'f1.txt'", "D,1,5\nT,0\n", "T,5\n")]
    [InlineData("a sum of 1 in 't.units' in drop", "D,1,1\nT," + Most + "\n", "D,1,1\nT," + Most + "\n", "D,1,1\nT," + Most + "\n", "D,1,1\nT," + Most + "\n", "D,1,1\nT," + Most + "\n", "D,1,1\nT," + Most + "\n", "D,1,1\nT," + Most + "\n", "D,1,1\nT," + Most + "\n")]
    public async Task WrongSums_RefuseTheDrop(string found, params string[] files)
    {
        var landed = await drops.LandAsync(Feed, await ZipAsync(files));

        var refused = landed.Drops!.Single().Refused!;
        refused.Code.Should().Be(DropRefusalCode.Totals);
        refused.Message.Should().Contain(found);
    }

    public void Dispose() => drops.Dispose();

    private Task<DropRef> ZipAsync(params string[] files) => drops.DropAsync("a.zip", ZipBuilder.Of([.. files.Select((text, index) => ZipBuilder.Text($"f{index}.txt", text))]));
}
