using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Sources.Xml.Encodings;
using RetailLake.Sources.Xml.Scanning;
using RetailLake.Tests.Scenarios;
using static RetailLake.Tests.Xml.XmlFeed;

namespace RetailLake.Tests.Xml;

/// <summary>Our scanner against the framework's XmlReader: they take the same documents and make the same rows of them.</summary>
public sealed class XmlScannerDifferenceTests(ITestOutputHelper output)
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
        Table("leaf", "r/u/a/b | r/u/b[c]", Text("own", "."), Text("t", "@t | ../@t"), Number("row", "$row")),
    ];

    [Fact]
    public void AnyDocumentAndMutant_IsTakenOrRefusedAlike()
    {
        var random = Soak.Random(output);
        var mutants = new XmlMutants(random);
        var contracts = new[] { Contract("r/u", Tables), Contract("r/u", Tables, "urn:p", ""), Contract("r/u", Tables, "urn:q") };
        var (taken, refused, rows) = (0, 0, 0L);
        for (var count = Soak.Count(300_000, 12_000); count > 0; count--)
        {
            var document = mutants.Document();
            if (random.Next(4) > 0)
            {
                document = mutants.Mutant(document);
            }

            var contract = contracts[random.Next(contracts.Length)];
            var expected = XmlRead.Of(contract, document, XmlReaderEvents.Open);
            var window = 64 + random.Next(200);
            var read = XmlRead.Of(contract, new ChunkedStream(document, 1 + random.Next(7)), (stream, plan, units, position, maxBytes) =>
                new XmlScanner(XmlEncodings.AsUtf8(stream, position), plan, units, position, maxBytes, window));

            (read.Refusal is null).Should().Be(
                expected.Refusal is null,
                "of '{0}' ({1}); XmlReader: {2}; scanner: {3}",
                Encoding.UTF8.GetString(document),
                Convert.ToHexString(document),
                expected.Refusal?.InnerException?.Message,
                read.Refusal?.Message);
            if (expected.Refusal is null)
            {
                read.Text().Should().Be(expected.Text(), "of '{0}' ({1})", Encoding.UTF8.GetString(document), Convert.ToHexString(document));
                (taken, rows) = (taken + 1, rows + read.Rows.Count);
            }
            else
            {
                refused++;
            }
        }

        output.WriteLine($"{taken:N0} taken with {rows:N0} rows, {refused:N0} refused");
        taken.Should().BeGreaterThan(refused / 4);
        refused.Should().BeGreaterThan(taken / 4);
    }
}
