using System.Text;
using RetailLake.Core.Drops;
using RetailLake.Tests.Scenarios;

namespace RetailLake.Tests.FlatFile;

/// <summary>Text of several stretches of the scanner's list, with records at, over and beyond the ends of blocks, stretches and buffers.</summary>
public sealed class LongTextDifferentialTests(ITestOutputHelper output)
{
    [Fact]
    public void RandomText_IsReadAsTheOracleReadsIt()
    {
        var random = Soak.Random(output);
        for (var round = 0; round < Soak.Count(6_000, 150); round++)
        {
            var delimiter = random.Next(4) == 0 ? "||" : ",";
            char? quote = random.Next(4) == 0 ? null : '"';
            var width = random.Next(1, 20);
            var text = Text(random, delimiter, width, random.Next(3) == 0 ? 0 : random.Next(1, 60), random.Next(3) switch { 0 => "\r\n", 1 => "\r", _ => "\n" });

            AssertEqual(text, delimiter, quote, width, random.Next(3) == 0 ? random.Next(100, 5_000) : int.MaxValue, $"round {round}");
        }
    }

    [Fact]
    public void QuotedText_IsReadAsTheOracleReadsIt()
    {
        var random = Soak.Random(output);
        for (var round = 0; round < Soak.Count(6_000, 150); round++)
        {
            var width = random.Next(1, 30);
            var lineEnd = random.Next(3) switch { 0 => "\r\n", 1 => "\r", _ => "\n" };
            var text = new StringBuilder();
            while (text.Length < 20_000)
            {
                text.AppendJoin(',', Enumerable.Range(0, width).Select(_ => random.Next(12) == 0 ? Odd(random, ",", lineEnd, random.Next(100) == 0 ? 7 : 4) : $"\"{Plain(random)}\"")).Append(lineEnd);
            }

            AssertEqual(random.Next(4) == 0 ? text.ToString(0, 19_000) : text.ToString(), ",", '"', width, random.Next(3) == 0 ? random.Next(100, 5_000) : int.MaxValue, $"round {round}");
        }
    }

    [Theory]
    [InlineData("a,b\r\n")]
    [InlineData("a,\"b\"\r\n")]
    [InlineData("a,\"b\"\"c\"\n")]
    [InlineData("\"a\r\nb\",c\r")]
    [InlineData("a\"b,c\nd,e\n")]
    [InlineData("\"a\"b,c\nd,e\n")]
    [InlineData("\"\",\"a\"\n")]
    [InlineData("\"a\",\"\"\"b\"\r\n")]
    [InlineData("\"a\",\"b\"c\"\n")]
    [InlineData("\"a\",b\"\n\"c\",d\n")]
    [InlineData("\"a\",\"b\n")]
    [InlineData(",\n")]
    [InlineData("\n\r\n\r")]
    public void AnyRecord_AtAnyPlaceOfBlockStretchAndWindow(string record)
    {
        foreach (var (first, last) in new[] { (0, 70), (4_020, 4_100), (8_110, 8_200), (262_070, 262_150) })
        {
            for (var before = first; before <= last; before++)
            {
                var text = new string('x', Math.Max(0, before - 2)) + (before > 1 ? ",\n" : "") + record + record + "y,z\n";
                AssertEqual(text, ",", '"', 2, int.MaxValue, $"{before} bytes before");
            }
        }
    }

    [Fact]
    public void MoreFieldsThanAreKept_AreCounted()
    {
        foreach (var fields in new[] { 63, 64, 65, 4_095, 4_097, 65_536, 65_600 })
        {
            var text = string.Join(',', Enumerable.Repeat("a", fields)) + "\nb,c\n";
            AssertEqual(text, ",", '"', 2, int.MaxValue, $"{fields} fields");
        }
    }

    [Fact]
    public void PlainAscii_IsToldOfEachRecordItself()
    {
        var random = Soak.Random(output);
        List<string> records = [.. Enumerable.Range(0, 4_000).Select(_ => $"{new string('a', random.Next(90))},{(random.Next(20) == 0 ? "é" : random.Next(20) == 0 ? "\0" : random.Next(10) == 0 ? "\"q\"" : "b")}")];

        var read = FlatDrop.Read(Contract(",", '"', 2), string.Join("\n", records) + "\n");

        read.Rows.Select(row => row.IsPlainAscii).Should().Equal(records.Select(record => !record.Contains('é') && !record.Contains('\0')));
    }

    private static void AssertEqual(string text, string delimiter, char? quote, int width, int piece, string because)
    {
        var contract = Contract(delimiter, quote, width);
        var stored = Encoding.UTF8.GetBytes(text);
        if (RfcOracle.Read(text, delimiter, quote, width) is { } expected)
        {
            var read = piece == int.MaxValue ? FlatDrop.Read(contract, stored) : FlatDrop.ReadInPieces(contract, stored, piece);
            read.Lines.SequenceEqual(expected).Should().BeTrue(because);
        }
        else
        {
            FlatDrop.RefusalOf(() => FlatDrop.Read(contract, stored)).Should().Be(DropRefusalCode.Torn, because);
        }
    }

    private static Core.Contracts.Contract Contract(string delimiter, char? quote, int width) =>
        FlatDrop.Contract(FlatDrop.Delimited(new(delimiter, quote, Header: false)), FlatDrop.Table("t", null, FlatDrop.Positions(width)));

    /// <param name="oneIn">Of so many fields one is quoted or odd; 0: none.</param>
    private static string Text(Random random, string delimiter, int width, int oneIn, string lineEnd)
    {
        var text = new StringBuilder();
        var length = random.Next(200, 24_000);
        while (text.Length < length)
        {
            text.AppendJoin(delimiter, Enumerable.Range(0, width).Select(_ => oneIn > 0 && random.Next(oneIn) == 0 ? Odd(random, delimiter, lineEnd) : Plain(random)));
            text.Append(lineEnd);
        }

        return random.Next(4) == 0 ? text.ToString(0, length) : text.ToString();
    }

    private static string Plain(Random random) => new('p', random.Next(30) == 0 ? random.Next(5_000) : random.Next(14));

    private static string Odd(Random random, string delimiter, string lineEnd, int kinds = 7) => random.Next(kinds) switch
    {
        0 => $"\"{Plain(random)}{delimiter}{Plain(random)}\"",
        1 => $"\"{Plain(random)}{lineEnd}{Plain(random)}\"",
        2 => $"\"{Plain(random)}\"\"{Plain(random)}\"",
        3 => "\"\"",
        4 => $"{Plain(random)}é",
        5 => $"{Plain(random)}\"{Plain(random)}",
        _ => $"\"{Plain(random)}\"",
    };
}
