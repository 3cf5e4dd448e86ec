using System.Text;
using System.Text.RegularExpressions;
using RetailLake.Core.Contracts;
using RetailLake.Sources.Xml.Encodings;
using RetailLake.Sources.Xml.Scanning;
using RetailLake.Tests.Scenarios;
using static RetailLake.Tests.Xml.XmlFeed;

namespace RetailLake.Tests.Xml;

/// <summary>Our scanner against the framework's XmlReader: they take the same documents and make the same rows of them.</summary>
public sealed partial class XmlScannerDifferenceTests(ITestOutputHelper output)
{
    private static readonly ContractTable[] Tables =
    [
        Table(
            "unit",
            "r/u",
            Text("whole", "."),
            Text("k", "@k"),
            Text("a", "a"),
            Text("conditional", "a[@k=A] | a[@k] | b[@t=B][@k]/@t"),
            Text("deep", "a/b/c | b/@t"),
            Text("around", "../h/s | ../h/@k"),
            Number("unit", "$unit")),
        Table("line", "r/u/a[b] | r/u/a[@k=A]", Text("own", "."), Text("up", "../b"), Text("kind", "$record"), Number("number", "$index")),
        Table("leaf", "r/u/a/b | r/u/b[c]", Text("own", "."), Text("t", "@t | ../@t"), Text("k", "ancestor::a/@k | ancestor::u/@k"), Number("row", "$row")),
    ];

    [Fact]
    public void AnyDocumentAndMutant_IsTakenOrRefusedAlike()
    {
        var random = Soak.Random(output);
        var mutants = new XmlMutants(random);
        var repetitions = new XmlRepetitions(random);
        var contracts = new[] { Contract("r/u", Tables), Contract("r/u", Tables, "urn:p", ""), Contract("r/u", Tables, "urn:q", "") };
        var (taken, refused, rows) = (0, 0, 0L);
        var differences = new List<string>();
        for (var count = Soak.Count(300_000, 12_000); count > 0; count--)
        {
            var document = random.Next(2) == 0 ? mutants.Document() : repetitions.Document();
            if (random.Next(2) > 0)
            {
                document = mutants.Mutant(document);
            }

            var contract = contracts[Math.Max(0, random.Next(-3, contracts.Length))];
            var expected = XmlRead.Of(contract, document, XmlReaderEvents.Open);
            var window = 64 + random.Next(random.Next(2) == 0 ? 200 : 2_000);
            var read = XmlRead.Of(contract, new ChunkedStream(document, 1 + random.Next(7)), (stream, plan, units, position, faults) =>
                new XmlScanner(XmlEncodings.AsUtf8(stream, faults, position), plan, units, position, window));

            var isSame = read.Refusal is null ? expected.Refusal is null && read.Text() == expected.Text() : expected.Refusal is not null || IsTakenInError(document);
            if (!isSame)
            {
                differences.Add($"{Encoding.UTF8.GetString(document)} ({Convert.ToHexString(document)})\nXmlReader: {Shown(expected)}\nscanner: {Shown(read)}");
            }

            (taken, refused, rows) = expected.Refusal is null ? (taken + 1, refused, rows + expected.Rows.Count) : (taken, refused + 1, rows);
        }

        differences.Take(20).Should().BeEmpty();
        output.WriteLine($"{taken:N0} taken with {rows:N0} rows, {refused:N0} refused");
        taken.Should().BeGreaterThan(refused / 4);
        refused.Should().BeGreaterThan(taken / 4);
    }

    /// <summary>Two things XmlReader takes and XML does not have: a version that only begins with 1.0, and half a character behind the end.</summary>
    private static bool IsTakenInError(byte[] document) =>
        WrongVersion().IsMatch(Encoding.Latin1.GetString(document)) || Utf8Text.IncompleteTail(document) > 0;

    [GeneratedRegex("""<\?xml\s+version\s*=\s*(['"])1\.0(?!\1)""", RegexOptions.CultureInvariant)]
    private static partial Regex WrongVersion();

    private static string Shown(XmlRead read) => read.Refusal is { } refusal ? refusal.InnerException?.Message ?? refusal.Message : read.Text();
}
