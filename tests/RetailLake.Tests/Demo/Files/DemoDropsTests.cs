using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Local.Demo.Files;
using static RetailLake.Tests.Demo.Files.Generated;

namespace RetailLake.Tests.Demo.Files;

public sealed class DemoDropsTests : IDisposable
{
    private const string Day1 = "2026-11-21";

    private readonly string folder = Directory.CreateTempSubdirectory("demo-drops-").FullName;
    private readonly DemoDrops drops = new(new(Seed, 20_000, Stores: 2));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Day_HasTheFilesOfEachFeed_NamedAndProvenAsTheContractSays()
    {
        var day = drops.WriteDay(folder, Day);

        day.GroupBy(drop => drop.Contract).Select(group => (group.Key, group.Count())).Should().Equal(
            ("crt.till_count", 2), ("gp.grn", 2), ("poslog.transaction", 2), ("util.footfall", 1), ("util.price_tag", 2));
        foreach (var drop in day.Where(drop => drop.Contract != "poslog.transaction"))
        {
            var spec = Contract(drop.Contract).Drop!;
            Regex.IsMatch(drop.Name, $"^(?:{spec.NamePattern})$").Should().BeTrue(drop.Name);
            drop.Files[0].Should().Be(Path.Combine(folder, drop.Contract.Replace('.', '/'), drop.Name));
            drop.Files.Skip(1).Select(Path.GetFileName).Should().Equal(spec.Proof.Kind switch
            {
                ProofKind.Marker => [drop.Name + ".done"],
                ProofKind.Control => [Path.GetFileNameWithoutExtension(drop.Name) + ".ctl"],
                _ => [],
            });
            drop.Files.Select(file => File.GetLastWriteTimeUtc(file)).Should().BeInAscendingOrder().And.StartWith(drop.Modified.UtcDateTime);
            drop.Sha256.Should().Be(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(drop.Files[0]))));
            drop.Fate.Should().Be(DemoFate.Loaded);
        }
    }

    [Fact]
    public void ControlFile_StatesBytesRowsAndHash()
    {
        var drop = drops.Write(folder, "util.footfall", 1, Day);

        var lines = File.ReadAllLines(drop.Files[1]).ToDictionary(line => line.Split('=')[0], line => line.Split('=')[1]);

        lines["BYTES"].Should().Be($"{new FileInfo(drop.Files[0]).Length}");
        lines["ROWS"].Should().Be($"{drop.Tables[0].Rows}");
        lines["SHA256"].Should().Be(drop.Sha256);
    }

    [Fact]
    public void SameContentOtherName_IsByteForByteTheFirst()
    {
        foreach (var contract in drops.Contracts)
        {
            var (first, copy) = (drops.Write(folder, contract, 1, Day), drops.Write(folder, contract, 1, Day, DemoFault.SameContentOtherName));

            (copy.Sha256, copy.Fate).Should().Be((first.Sha256, DemoFate.Duplicate));
            copy.Name.Should().NotBe(first.Name);
        }
    }

    [Fact]
    public void Restated_IsALaterVersionOfTheSameScope()
    {
        foreach (var contract in drops.Contracts)
        {
            var first = drops.Write(folder, contract, 1, Day);
            var second = drops.Write(folder, contract, 1, Day, DemoFault.Restated);

            (second.Scope, second.Revision).Should().Be((first.Scope, 1));
            second.Sha256.Should().NotBe(first.Sha256);
            second.Modified.Should().BeAfter(first.Modified);
            (second.Name == first.Name).Should().Be(contract != "crt.till_count");
            string.CompareOrdinal(second.Name, first.Name).Should().BeGreaterThanOrEqualTo(0);
            DemoDrop.Published([second, first]).Should().BeEquivalentTo(second.Tables);
        }
    }

    [Fact]
    public void Faults_AreWhatTheyAreCalled()
    {
        var cut = drops.Write(folder, "util.price_tag", 1, Day, DemoFault.Cut);
        var half = drops.Write(folder, "util.price_tag", 2, Day, DemoFault.HalfWritten);
        var trailer = drops.Write(folder, "gp.grn", 1, Day, DemoFault.TrailerOffByOne);
        var broken = drops.Write(folder, "crt.till_count", 1, Day, DemoFault.HalfWritten);
        var torn = drops.Write(folder, "poslog.transaction", 1, Day, DemoFault.Cut);

        (cut.Fate, cut.RefusalCode, cut.Files.Count).Should().Be((DemoFate.Refused, DropRefusalCode.Torn, 2));
        using (var archive = new GZipStream(File.OpenRead(cut.Files[0]), CompressionMode.Decompress))
        using (var text = new MemoryStream())
        {
            FluentActions.Invoking(() => archive.CopyTo(text)).Should().Throw<InvalidDataException>("the product reads archives strictly");
        }

        (half.Fate, half.RefusalCode, half.Files.Count).Should().Be((DemoFate.Waiting, null, 1));
        (trailer.Fate, trailer.RefusalCode).Should().Be((DemoFate.Refused, DropRefusalCode.Totals));
        (broken.Fate, broken.RefusalCode, broken.Files.Count).Should().Be((DemoFate.Refused, DropRefusalCode.Torn, 1));
        (torn.Fate, torn.RefusalCode, torn.Files.Count).Should().Be((DemoFate.Refused, DropRefusalCode.Torn, 2));
        File.ReadAllText(torn.Files[0]).Should().NotContain("</POSLog>");
        FluentActions.Invoking(() => drops.Write(folder, "util.footfall", 1, Day, DemoFault.TrailerOffByOne)).Should().Throw<ArgumentException>().WithMessage("Found the fault*");
    }

    [Fact]
    public void LateFile_IsAnotherScope()
    {
        var late = drops.Write(folder, "gp.grn", 1, Day.AddDays(-3));

        late.Scope.Should().Be("1 2026-11-18");
        drops.Write(folder, "gp.grn", 1, Day).Scope.Should().Be($"1 {Day1}");
        DemoDrop.Published([late, late]).Should().BeEquivalentTo(late.Tables);
    }

    [Fact]
    public void Content_OfAnySize_IsWrittenToAStream()
    {
        using var counting = new MemoryStream();

        var totals = drops.WriteContent(counting, "poslog.transaction", 2, Day, 500);

        totals[0].Rows.Should().BeInRange(450, 500);
        counting.Length.Should().BeGreaterThan(1_000_000);
    }
}
