using System.Text;
using RetailLake.Core.Drops;
using RetailLake.Tests.Scenarios;

namespace RetailLake.Tests.FlatFile;

public sealed class RfcDifferentialTests(ITestOutputHelper output)
{
    private static readonly string[] Delimiters = [",", ";", "|", "\t", "||", ")|}", "aab", "¦", "::"];

    private static readonly (string Name, Encoding Encoding)[] Encodings =
    [
        ("utf-8", new UTF8Encoding(false)),
        ("utf-16", new UnicodeEncoding(false, true)),
        ("utf-16", new UnicodeEncoding(true, true)),
        ("utf-16le", new UnicodeEncoding(false, false)),
        ("utf-16be", new UnicodeEncoding(true, false)),
        ("iso-8859-1", Encoding.Latin1),
        ("windows-1252", CodePagesEncodingProvider.Instance.GetEncoding(1252)!),
    ];

    [Fact]
    public void RandomText_IsReadAsTheOracleReadsIt()
    {
        var random = Soak.Random(output);
        for (var round = 0; round < Soak.Count(200_000, 4_000); round++)
        {
            var delimiter = Delimiters[random.Next(Delimiters.Length)];
            char? quote = random.Next(4) switch { 0 => null, 1 => '\'', _ => '"' };
            var width = random.Next(1, 5);
            var (name, encoding) = Encodings[random.Next(Encodings.Length)];
            var text = random.Next(3) == 0 ? Noise(random, delimiter, quote) : Records(random, delimiter, quote, width);
            var contract = FlatDrop.Contract(
                FlatDrop.Delimited(new(delimiter, quote, Header: false)) with { Encoding = name }, FlatDrop.Table("t", null, FlatDrop.Positions(width)));
            byte[] stored = [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];
            var expected = RfcOracle.Read(text, delimiter, quote, width);

            var piece = random.Next(4) == 0 ? 1_000 : random.Next(1, 8);
            if (expected is null)
            {
                FlatDrop.RefusalOf(() => FlatDrop.ReadInPieces(contract, stored, piece)).Should().Be(DropRefusalCode.Torn, $"round {round}: {Encoding.UTF8.GetByteCount(text)} bytes");
            }
            else
            {
                FlatDrop.ReadInPieces(contract, stored, piece).Lines.Should().Equal(expected, $"round {round}, delimiter '{delimiter}', quote {quote}, {name}, text {text}");
            }
        }
    }

    private static string Noise(Random random, string delimiter, char? quote)
    {
        string[] alphabet = [delimiter, delimiter, delimiter[..1], (quote ?? '"').ToString(), (quote ?? '"').ToString(), "\r", "\n", "\r\n", "a", "b", " ", "é", "x\0"];
        return string.Concat(Enumerable.Range(0, random.Next(random.Next(10) == 0 ? 400 : 40)).Select(_ => alphabet[random.Next(alphabet.Length)]));
    }

    /// <summary>Mostly well-formed: long fields, line ends and quotes within quotes, now and then a field too many.</summary>
    private static string Records(Random random, string delimiter, char? quote, int width)
    {
        var text = new StringBuilder();
        for (var record = random.Next(12); record > 0; record--)
        {
            var fields = width + (random.Next(10) == 0 ? random.Next(-1, 2) : 0);
            text.AppendJoin(delimiter, Enumerable.Range(0, Math.Max(1, fields)).Select(_ => Field(random, delimiter, quote)));
            text.Append(record == 1 && random.Next(2) == 0 ? "" : random.Next(3) switch { 0 => "\r\n", 1 => "\r", _ => "\n" });
        }

        return text.ToString();
    }

    private static string Field(Random random, string delimiter, char? quote)
    {
        var plain = new string((char)random.Next('c', 'z'), random.Next(random.Next(8) == 0 ? 200 : 12));
        return quote is null || random.Next(3) != 0
            ? plain
            : $"{quote}{plain}{random.Next(5) switch { 0 => $"{quote}{quote}", 1 => delimiter, 2 => "\r\n", 3 => "é", _ => "" }}{plain}{quote}";
    }
}
