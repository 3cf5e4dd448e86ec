using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Errors;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;

namespace RetailLake.Tests.Drops.Chain;

public sealed class DropRecordTests
{
    private const string Sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static readonly DropRecord Record = Of("gp.grn", "a.csv", 7);

    [Fact]
    public void Id_DependsOnEachPartAndOnNothingElse()
    {
        var ids = new[]
        {
            DropIds.Of("gp.grn", "a", Sha256, 1), DropIds.Of("gp.po", "a", Sha256, 1), DropIds.Of("gp.grn", "b", Sha256, 1),
            DropIds.Of("gp.grn", "a", Sha256[1..] + "0", 1), DropIds.Of("gp.grn", "a", Sha256, 2), DropIds.Of("gp.grna", "", Sha256, 1), DropIds.Of("gp.grn", "", "a" + Sha256, 1),
        };

        ids.Should().OnlyHaveUniqueItems().And.OnlyContain(id => DropIds.IsId(id));
        DropIds.Of("gp.grn", "a", Sha256, 1).Should().Be(ids[0]);
    }

    [Fact]
    public async Task Record_IsWrittenOnceAndReadBack()
    {
        using var folder = new DropFolder(DropFeeds.Of(DropFeeds.Trailer()));

        (await DropRecords.WriteAsync(folder.Lake, Record, default)).Should().BeTrue();
        (await DropRecords.WriteAsync(folder.Lake, Record with { Proof = "another" }, default)).Should().BeFalse();

        (await folder.RecordsAsync()).Should().Equal(Record);
        await DropRecords.DeleteAsync(folder.Lake, "gp", "grn", Record.Drop.Id, default);
        await DropRecords.DeleteAsync(folder.Lake, "gp", "grn", Record.Drop.Id, default);
        (await folder.RecordsAsync()).Should().BeEmpty();
    }

    /// <summary>Whoever may upload can write such an object too: it must not point a load at other bytes.</summary>
    public static TheoryData<string, DropRecord> Forged => new()
    {
        { "another name", Record with { Drop = Record.Drop with { Name = "b.csv" } } },
        { "another version", Record with { Drop = Record.Drop with { Version = 8 } } },
        { "a release under the delivery's key", Record with { Drop = Record.Drop with { Release = 1 } } },
        { "another contract", Record with { Contract = "gp.po" } },
        { "other bytes of the lake", Record with { Drop = Record.Drop with { Object = Record.Drop.Object with { Key = "landing/crm/customer/run=1/x" } } } },
        { "a path", Record with { Drop = Record.Drop with { Object = Record.Drop.Object with { Key = "../../secret" } } } },
    };

    [Theory]
    [MemberData(nameof(Forged))]
    public async Task ForgedRecord_IsNone(string what, DropRecord forged)
    {
        using var folder = new DropFolder(DropFeeds.Of(DropFeeds.Trailer()));
        await folder.Lake.PutIfAbsentAsync(DropRecords.KeyOf("gp", "grn", Record.Drop.Id), LakeJson.ToBytes(forged), default);

        (await folder.RecordsAsync()).Should().BeEmpty(what);
    }

    [Fact]
    public async Task Release_IsARecordOfItsOwn()
    {
        using var folder = new DropFolder(DropFeeds.Of(DropFeeds.Trailer()));
        var released = Record with { Drop = Record.Drop with { Release = 12 } };
        await DropRecords.WriteAsync(folder.Lake, Record, default);

        (await DropRecords.WriteAsync(folder.Lake, released, default)).Should().BeTrue();

        (await folder.RecordsAsync()).Should().Equal(released, Record);
        (await DropRecords.TryReadAsync(folder.Lake, "gp", "grn", $"{Record.Drop.Id}.12", default)).Should().Be(released);
        await folder.Lake.PutIfAbsentAsync(DropRecords.KeyOf("gp", "grn", $"{Record.Drop.Id}.2"), LakeJson.ToBytes(released), default);
        (await DropRecords.TryReadAsync(folder.Lake, "gp", "grn", $"{Record.Drop.Id}.2", default)).Should().BeNull("it agrees with another key only");
    }

    [Theory]
    [InlineData(".1", true)]
    [InlineData(".999999999", true)]
    [InlineData("", true)]
    [InlineData(".0", false)]
    [InlineData(".01", false)]
    [InlineData(".-1", false)]
    [InlineData(".+1", false)]
    [InlineData(".1 ", false)]
    [InlineData(".1.1", false)]
    [InlineData(".٣", false)]
    [InlineData(".9999999999", false)]
    [InlineData(".", false)]
    [InlineData("1", false)]
    public void NameOfARecord_HasOneForm(string behind, bool isOne)
    {
        (DropRecords.IdOf($"{Record.Drop.Id}{behind}.drop.json") is not null).Should().Be(isOne);
        DropRecords.IdOf($"../{Record.Drop.Id}{behind}.drop.json").Should().BeNull();
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"drop":{},"contract":"gp.grn"}""")]
    [InlineData("""{"drop":null,"contract":null,"proof":null}""")]
    public async Task WhatIsNoRecord_IsNone(string text)
    {
        using var folder = new DropFolder(DropFeeds.Of(DropFeeds.Trailer()));
        await folder.Lake.PutIfAbsentAsync(DropRecords.KeyOf("gp", "grn", Record.Drop.Id), System.Text.Encoding.UTF8.GetBytes(text), default);

        (await folder.RecordsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task HugeFileUnderARecordsName_IsNotRead()
    {
        using var folder = new DropFolder(DropFeeds.Of(DropFeeds.Trailer()));
        await DropRecords.WriteAsync(folder.Lake, Record with { Proof = new('x', 70_000) }, default);

        (await folder.RecordsAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData("grn_20261122.csv", 20261122L)]
    [InlineData("grn_0000000000000000000007.csv", 7L)]
    [InlineData("grn_9223372036854775807.csv", long.MaxValue)]
    [InlineData("grn_9223372036854775808.csv", null)]
    [InlineData("grn_٣.csv", null)]
    [InlineData("grn_1.csv\n", null)]
    [InlineData("x/grn_1.csv", null)]
    public void Version_IsTheNamesNumber(string name, long? version) =>
        DropVersions.Of(DropFeeds.Trailer(@"grn_(?<version>\d+)\.csv") with { Version = VersionOrigin.Name }, name, default).Should().Be(version);

    [Fact]
    public void Version_OrIsTheSendersTime() =>
        DropVersions.Of(DropFeeds.Trailer(), "x", DateTimeOffset.UnixEpoch.AddTicks(12_345)).Should().Be(1_234);

    [Theory]
    [InlineData("a|b", "a", true)]
    [InlineData("a|b", "ab", false)]
    [InlineData("a|b", "xb", false)]
    [InlineData("(?i)A", "a", true)]
    public void Pattern_IsOfTheWholeName(string pattern, string name, bool wanted) =>
        (DropNames.MatchOf(DropFeeds.Trailer(pattern), name) is not null).Should().Be(wanted);

    [Theory]
    [InlineData("{name}.done", "a.csv", "a.csv.done")]
    [InlineData("{stem}.ctl", "a.csv", "a.ctl")]
    [InlineData("{stem}.ctl", "a", "a.ctl")]
    [InlineData("{stem}.ctl", ".hidden", ".hidden.ctl")]
    [InlineData("ok_{name}", "a.csv", "ok_a.csv")]
    public void ProofFile_IsNamedAfterItsDrop(string template, string drop, string file)
    {
        var proof = ProofFile.Of(new(ProofKind.Marker, template))!;

        proof.NameFor(drop).Should().Be(file);
        proof.Proves(file, drop).Should().BeTrue();
        proof.IsProof(drop).Should().BeFalse();
        proof.Proves(file, file).Should().BeFalse("a proof is no drop");
    }

    [Theory]
    [InlineData("{name}")]
    [InlineData("{stem}")]
    [InlineData("{stem}.{name}")]
    [InlineData("{name}{name}")]
    [InlineData("done")]
    [InlineData("")]
    public void ProofFileThatIsItsDrop_IsRefused(string template) =>
        FluentActions.Invoking(() => ProofFile.Of(new(ProofKind.Marker, template))).Should().Throw<ContractInvalidException>();

    [Theory]
    [InlineData("a+b", "a b")]
    [InlineData("a%2Bb", "a+b")]
    [InlineData("%E2%82%B9.csv", "₹.csv")]
    [InlineData("a%2Fb", "a/b")]
    [InlineData("a%", null)]
    [InlineData("a%4", null)]
    [InlineData("a%zz", null)]
    [InlineData("%FF", null)]
    [InlineData("a b", null)]
    [InlineData("₹", null)]
    public void Key_IsDecodedAsS3WritesIt(string written, string? key) => ObjectKeys.Decode(written).Should().Be(key);

    [Fact]
    public void Key_SurvivesTheWayThereAndBack()
    {
        var random = new Random(7);
        for (var round = 0; round < 2_000; round++)
        {
            var key = string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => new System.Text.Rune(random.Next(3) > 0 ? random.Next(1, 127) : random.Next(0xE000, 0x110000)).ToString()));

            ObjectKeys.Decode(ObjectKeys.Encode(key)).Should().Be(key);
        }
    }

    private static DropRecord Of(string contract, string name, long version) => new(
        new(DropIds.Of(contract, name, Sha256, version), name, new LakeObject(DropRecords.LandingKey("gp", "grn", Sha256), 0, Sha256), version, DateTimeOffset.UnixEpoch), contract, "marker", DateTimeOffset.UnixEpoch);
}
