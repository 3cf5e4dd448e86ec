using RetailLake.Core.Drops;
using RetailLake.Core.Lake;
using RetailLake.Local.Demo.Files;
using RetailLake.Sources.Drops;
using RetailLake.Tests.Rows.Drops;
using static RetailLake.Tests.Demo.Files.Generated;

namespace RetailLake.Tests.Demo.Files;

/// <summary>Generated drops through the lake's own readers and rules: rows, rejects and sums are those that were planted.</summary>
public sealed class PlantedReadTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("planted-").FullName;
    private readonly DropFixture lake = new() { Readers = new DropReaders() };
    private readonly DemoDrops drops = new(new(Seed, 20_000, Stores: 6, Scale: 2));

    public static TheoryData<string> Contracts => new(new DemoDrops(new(Seed, 20_000)).Contracts);

    public void Dispose()
    {
        lake.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [MemberData(nameof(Contracts))]
    public async Task Planted_IsWhatTheLakeFinds(string id)
    {
        var contract = Contract(id);
        var written = drops.WriteDay(folder, Day).Where(drop => drop.Contract == id).ToList();

        var landed = await lake.LandAsync(contract, [.. await Task.WhenAll(written.Select(LandAsync))]);

        landed.Drops!.Should().AllSatisfy(drop => drop.Refused.Should().BeNull());
        landed.Drops!.Zip(written).Should().AllSatisfy(pair => pair.First.Skipped.Should().BeEquivalentTo(pair.Second.Skipped));
        var planted = DemoFileTotals.Add(written.SelectMany(drop => drop.Tables)).ToDictionary(table => table.Table);
        landed.Landed.Should().BeEquivalentTo(landed.Source);
        landed.Landed.Should().AllSatisfy(table =>
        {
            table.Rows.Should().Be(planted[table.Table].Rows);
            table.Sums.Should().BeSubsetOf(planted[table.Table].Sums);
        });

        var validated = await lake.ValidateAsync(contract, landed);

        validated.Tables.Should().AllSatisfy(table =>
        {
            table.Reasons.Should().BeEquivalentTo(planted[table.Table].Reasons);
            (table.ValidRows, table.RejectedRows).Should().Be((planted[table.Table].Valid, planted[table.Table].Rejected));
        });
        validated.Valid.Should().AllSatisfy(table => table.Sums.Should().BeSubsetOf(planted[table.Table].ValidSums));
        validated.Rejected.Should().AllSatisfy(table => table.Sums.Should().BeSubsetOf(planted[table.Table].RejectedSums));
    }

    [Theory]
    [InlineData("crt.till_count", DemoFault.TrailerOffByOne)]
    [InlineData("crt.till_count", DemoFault.HalfWritten)]
    [InlineData("gp.grn", DemoFault.TrailerOffByOne)]
    [InlineData("gp.grn", DemoFault.HalfWritten)]
    [InlineData("poslog.transaction", DemoFault.Cut)]
    [InlineData("util.price_tag", DemoFault.Cut)]
    [InlineData("util.footfall", DemoFault.Cut)]
    public async Task Faults_RefuseTheirDropAlone_WithTheCodeTold(string id, DemoFault fault)
    {
        var good = drops.Write(folder, id, 1, Day.AddDays(-1));
        var bad = drops.Write(folder, id, 1, Day, fault);

        var landed = await lake.LandAsync(Contract(id), await LandAsync(bad), await LandAsync(good));

        landed.Drops!.Select(drop => drop.Refused?.Code).Should().Equal(bad.RefusalCode, null);
        landed.Landed.Select(table => table.Rows).Should().Equal(good.Tables.Select(table => table.Rows));
    }

    private async Task<DropRef> LandAsync(DemoDrop drop)
    {
        var key = $"landing/{drop.Contract.Replace('.', '/')}/drop={drop.Sha256}";
        await lake.Lake.PutIfAbsentAsync(key, await File.ReadAllBytesAsync(drop.Files[0]), default);
        return new(drop.Sha256, drop.Name, new LakeObject(key, drop.Bytes, drop.Sha256), drop.Modified.UtcTicks / 10, drop.Modified);
    }
}
