using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Sources.Drops;
using RetailLake.Tests.Scenarios;

namespace RetailLake.Tests.FlatFile;

/// <summary>The classes of Pollock's polluted files: every good row is read as it is, every bad one is refused, none is other data.</summary>
public sealed class PollutedTextTests(ITestOutputHelper output)
{
    private static readonly Contract Feed = FlatDrop.Contract(FlatDrop.Delimited(new(), ProofKind.Stable), FlatDrop.Table("t", null, FlatDrop.Column("id"), FlatDrop.Column("name"), FlatDrop.Column("amount")));

    private static readonly (string Name, Func<string[], string> Pollute)[] Pollutions =
    [
        ("a delimiter less", row => row[0] + row[1] + "," + row[2]),
        ("a delimiter more", row => string.Join(',', row) + ","),
        ("a delimiter within a value", row => $"{row[0]},{row[1]},x,{row[2]}"),
        ("a quote within a value", row => $"{row[0]},{row[1]}\" wide,{row[2]}"),
        ("a quote before a value", row => $"{row[0]}, \"{row[1]}\",{row[2]}"),
        ("text behind a quoted value", row => $"{row[0]},\"{row[1]}\" x,{row[2]}"),
        ("another delimiter", row => string.Join(';', row)),
        ("an escaped quote", row => $"{row[0]},\"{row[1]}\\\"x\",{row[2]}"),
        ("a line end within a value", row => $"{row[0]},na\nme,{row[2]}"),
        ("a second header", _ => "id,name,amount,"),
        ("a preamble", _ => "Report of today"),
        ("a row of another table", _ => "a,b"),
    ];

    [Fact]
    public void PollutedRow_IsRefused_AndItsNeighboursAreWhole()
    {
        var random = Soak.Random(output);
        for (var round = 0; round < Soak.Count(12_000, 1_200); round++)
        {
            var (name, pollute) = Pollutions[round % Pollutions.Length];
            var rows = Enumerable.Range(0, random.Next(2, 20)).Select(id => new[] { $"{id}", $"name{id}", $"{random.Next(1000)}.5" }).ToArray();
            var polluted = random.Next(rows.Length);
            var lines = rows.Select((row, index) => index == polluted ? pollute(row) : string.Join(',', row));

            var drop = FlatDrop.Read(Feed, "id,name,amount\n" + string.Concat(lines.Select(line => line + (random.Next(2) == 0 ? "\n" : "\r\n"))));

            var read = drop.Rows.Where(row => row.Refusal is null).Select(row => row.Line);
            read.Should().Equal(rows.Where((_, index) => index != polluted).Select(row => string.Join('|', row)), name);
            drop.Rows.Count(row => row.Refusal is not null).Should().BeInRange(1, 2, name);
        }
    }

    [Fact]
    public void ConcatenatedFiles_AreSeenByTheirSecondHeader() =>
        FlatDrop.Read(Feed, "id,name,amount\n1,a,2\nid,name,amount\n2,b,3\n").Lines.Should().Equal("1|a|2", "id|name|amount", "2|b|3");

    [Theory]
    [InlineData('x')]
    [InlineData('"')]
    [InlineData('\0')]
    [InlineData(',')]
    public void HugeField_RefusesTheDropInBoundedMemory(char filling)
    {
        const long length = 100_000_000;
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var reader = new DropReaders().Open(Feed, FlatDrop.Ref, new FillingStream((byte)filling, length));

        FlatDrop.RefusalOf(() =>
        {
            while (reader.Read())
            {
            }
        }).Should().Be(DropRefusalCode.TooLarge);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(150_000_000);
    }

    /// <summary>A header, then one field that never ends.</summary>
    private sealed class FillingStream(byte filling, long length) : PlainStream
    {
        private readonly byte[] head = "id,name,amount\n1,\""u8.ToArray();
        private long at;

        public override int Read(Span<byte> buffer)
        {
            var count = (int)Math.Min(buffer.Length, length - at);
            buffer[..count].Fill(filling);
            if (at < head.Length)
            {
                count = Math.Min(count, head.Length - (int)at);
                head.AsSpan((int)at, count).CopyTo(buffer);
            }

            at += count;
            return count;
        }
    }
}
