using System.Globalization;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Tests.Scenarios;

namespace RetailLake.Tests.FlatFile;

/// <summary>A drop that is cut anywhere is never taken; one in which a bit flipped is refused, or holds exactly what it held.</summary>
public sealed class TornAndFlippedTests(ITestOutputHelper output)
{
    private static readonly string Text = "a,b\n" + string.Concat(Enumerable.Range(0, 5_000).Select(row => string.Create(CultureInfo.InvariantCulture, $"{row},{row * 7919 % 10_000}.{row % 100:00}\n")));

    private static readonly ContractTable Table = FlatDrop.Table("t", null, FlatDrop.Column("a"), FlatDrop.Column("b"));

    private static readonly Contract Gzip = FlatDrop.Contract(FlatDrop.Delimited(new()) with { Compression = DropCompression.Gzip }, Table);

    private static readonly Contract Zip = FlatDrop.Contract(FlatDrop.Delimited(new()) with { Compression = DropCompression.Zip }, Table);

    [Fact]
    public void TornGzip_IsNeverTaken() => CutAnywhere(Gzip, [.. GzipDropTests.Gzip(Text[..30_000]), .. GzipDropTests.Gzip(Text[30_000..])], GzipDropTests.Gzip(Text[..30_000]).Length);

    [Fact]
    public void TornZip_IsNeverTaken() => CutAnywhere(Zip, ZipBuilder.Of(ZipBuilder.Text("a.csv", Text), ZipBuilder.Text("b.csv", Text[..1_003])));

    [Fact]
    public void TornTextWithTrailer_IsNeverTaken()
    {
        var types = new RecordTypes("1", null, "T", [], [new(FlatDrop.At(2), "t", null, null), new(FlatDrop.At(3), "t", "b", null)]);
        var table = FlatDrop.Table("t", "D", FlatDrop.Column("a", from: FlatDrop.At(2)), FlatDrop.Column("b", ColumnKind.Int64, from: FlatDrop.At(3)));
        var contract = FlatDrop.Contract(FlatDrop.Delimited(new(Header: false), ProofKind.Trailer) with { Records = types }, table);
        var text = string.Concat(Enumerable.Range(0, 3_000).Select(row => $"D,{row},{row * 31}\n")) + $"T,3000,{Enumerable.Range(0, 3_000).Sum(row => row * 31)}\n";
        var random = Soak.Random(output);

        for (var round = 0; round < Soak.Count(1_000, 100); round++)
        {
            var cut = round < 20 ? text.Length - 2 - round : random.Next(text.Length - 1);
            TakenWithItsTotals(contract, text[..cut]).Should().BeFalse($"cut at {cut} of {text.Length}");
        }

        TakenWithItsTotals(contract, text).Should().BeTrue();
    }

    [Fact]
    public void TornStableText_IsNeverTakenWithinARecord()
    {
        var contract = FlatDrop.Contract(FlatDrop.Delimited(new(), ProofKind.Stable), Table);
        var random = Soak.Random(output);
        for (var round = 0; round < Soak.Count(1_000, 100); round++)
        {
            var cut = random.Next(Text.Length);
            if (cut == 0 || Text[cut - 1] != '\n')
            {
                FlatDrop.RefusalOf(() => FlatDrop.Read(contract, Text[..cut])).Should().Be(DropRefusalCode.Torn, $"cut at {cut}");
            }
        }
    }

    [Fact]
    public void FlippedGzip_IsRefusedOrTheSame() => FlipAnywhere(Gzip, [.. GzipDropTests.Gzip(Text[..3_000]), .. GzipDropTests.Gzip(Text[3_000..6_003])]);

    [Fact]
    public void FlippedZip_IsRefusedOrTheSame() => FlipAnywhere(Zip, ZipBuilder.Of(
        ZipBuilder.Text("a.csv", Text[..2_003]), ZipBuilder.Text("b.csv", "a,b\n1,2\n") with { Method = 0 }, ZipBuilder.Text("c/d.csv", "a,b\n3,4\n") with { Flags = 8 }));

    /// <summary>As the pipeline does: declared sums are compared with those of the rows.</summary>
    private static bool TakenWithItsTotals(Contract contract, string text)
    {
        try
        {
            var drop = FlatDrop.Read(contract, text);
            return drop.Declared[0].Sums["b"] == drop.Rows.Sum(row => decimal.Parse(row.Values[1]!, CultureInfo.InvariantCulture));
        }
        catch (DropRefusedException)
        {
            return false;
        }
    }

    private void CutAnywhere(Contract contract, byte[] stored, int alsoAt = 0)
    {
        var random = Soak.Random(output);
        FlatDrop.Read(contract, stored).Rows.Should().HaveCountGreaterThan(4_000);
        for (var round = 0; round < Soak.Count(1_000, 100); round++)
        {
            var cut = round < 40 ? stored.Length - 1 - round : round < 50 ? alsoAt + round - 45 : random.Next(stored.Length);
            if (cut >= 0 && cut != alsoAt)
            {
                FlatDrop.RefusalOf(() => FlatDrop.Read(contract, stored[..cut])).Should().BeOneOf(DropRefusalCode.Torn, DropRefusalCode.Damaged, DropRefusalCode.Format);
            }
        }
    }

    private void FlipAnywhere(Contract contract, byte[] stored)
    {
        var random = Soak.Random(output);
        var whole = FlatDrop.Read(contract, stored).Lines.ToList();
        var (refused, same) = (0, 0);
        for (var bit = 0; bit < 8 * stored.Length; bit += Soak.IsOn ? 1 : random.Next(1, 30))
        {
            var flipped = stored.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                FlatDrop.Read(contract, flipped).Lines.Should().Equal(whole, $"bit {bit} of {stored.Length} bytes");
                same++;
            }
            catch (DropRefusedException)
            {
                refused++;
            }
        }

        output.WriteLine($"{refused} refused, {same} the same");
        refused.Should().BeGreaterThan(same);
    }
}
