using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Sources.Xml.Encodings;
using RetailLake.Sources.Xml.Scanning;
using static RetailLake.Tests.Xml.XmlFeed;

namespace RetailLake.Tests.Xml;

/// <summary>Tags that stood between two texts before are taken as a whole, and mean what they mean where they stand now.</summary>
public sealed class XmlStepTests
{
    private static readonly Contract Unit = Contract("r/u", [Table("unit", "r/u", Text("a", "a"), Text("b", "b"), Number("row", "$row"))], "urn:p");

    /// <param name="known">A unit that comes twice, so that its tags are known.</param>
    /// <param name="again">A unit with the same tags elsewhere.</param>
    [Theory]
    [InlineData("<u><x><y><m>1</m></y><n>2</n></x></u>", "<u><x><y><m>3</m></y><n>4</n></x></u>", true)]
    [InlineData("<u><x><y><m>1</m></y><n>2</n></x></u>", "<u><x><z><m>1</m></y><n>2</n></x></u>", false)]
    [InlineData("<u><x><y><m>1</m></y><n>2</n></x></u>", "<u><y><m>1</m></y><n>2</n></u>", true)]
    [InlineData("<u><x xmlns:n='urn:n'><m>1</m><n:k>2</n:k></x></u>", "<u><x><m>1</m><n:k>2</n:k></x></u>", false)]
    [InlineData("<u><x xmlns:n='urn:n'><m>1</m><n:k>2</n:k></x></u>", "<u><x><m xmlns:n='urn:n'>1</m><n:k>2</n:k></x></u>", false)]
    [InlineData("<u><x xmlns:n='urn:n'><y><m>1</m></y><n:k>2</n:k></x></u>", "<u><x><y xmlns:n='urn:n'><m>1</m></y><n:k>2</n:k></x></u>", false)]
    [InlineData("<u><x xmlns:n='urn:n' xmlns:o='urn:o'><m>1</m><n:k><o:j>2</o:j></n:k></x></u>", "<u><x xmlns:o='urn:o'><m>1</m><n:k><o:j>2</o:j></n:k></x></u>", false)]
    [InlineData("<u><x xmlns:n='urn:n'><m>1</m><k n:t='1'>2</k></x></u>", "<u><x><m>1</m><k n:t='1'>2</k></x></u>", false)]
    [InlineData("<u><x><m>1</m><k xmlns:n='urn:n'><j>2</j><n:i>3</n:i></k></x></u>", "<u><x><m>1</m><k xmlns:n='urn:n'><j>2</j><n:i>3</n:i></k></x></u>", true)]
    [InlineData("<u><x><q><m>1</m><q><w> </w ><j>2</j></q></q></x></u>", "<u><x><q><m>1</m><q><w> </w ><j>2</j></q></q></x></u>", true)]
    [InlineData("<u><x><m>1</m><k xmlns='urn:n'><j>2</j></k></x></u>", "<u><x><m>1</m><k xmlns='urn:n'><j>2</j></k></x><a>3</a></u>", true)]
    [InlineData("<u><x><m>1</m><k>2</k></x></u>", "<u><x><m>1</m><k>2<j/></k></x></u>", true)]
    [InlineData("<u><x><m>1</m><k>2</k></x></u>", "<u><x><m>1</m><k>2</j></x></u>", false)]
    [InlineData("<u><a>1</a><b>2</b></u>", "<p:u xmlns=''><a xmlns='urn:p'>1</a><b>2</b></p:u>", true)]
    [InlineData("<u><a>1</a><b>2</b></u>", "<u><b>0</b><a>1</a><b>2</b></u>", true)]
    [InlineData("<u><a>1</a><b>2</b></u>", "<u><a>1</a><b>2&amp;3</b></u>", true)]
    [InlineData("<u><a>1</a><p:b>2</p:b></u>", "<u xmlns:p='urn:z'><a>1</a><p:b>2</p:b></u>", true)]
    [InlineData("<u xmlns:n='urn:n'><a>1</a><b n:t='1'>2</b></u>", "<u><a>1</a><b n:t='1'>2</b></u>", false)]
    public void KnownTagsElsewhere_MeanWhatTheyMeanThere(string known, string again, bool isTaken)
    {
        var document = Encoding.UTF8.GetBytes($"<r xmlns='urn:p' xmlns:p='urn:p'>{known}{known}{again}{known}</r>");
        var expected = XmlRead.Of(Unit, document, XmlReaderEvents.Open);

        var read = XmlRead.Of(Unit, document);

        (read.Code is null).Should().Be(isTaken);
        (expected.Code is null).Should().Be(isTaken);
        if (isTaken)
        {
            read.Text().Should().Be(expected.Text());
        }
    }

    [Fact]
    public void KnownTagsTooDeep_AreRefused()
    {
        const string Known = "<u><x><m>1</m><k><j>2</j></k></x></u>";
        var contract = Unit with { Drop = Unit.Drop! with { Xml = new XmlLayout("r/u", [], MaxDepth: 8) } };

        // r, u, x, then m and k at depth 7, j at 8; one y more and j is at 9.
        XmlRead.Of(contract, $"<r>{Known}{Known}<u><x><y><y><y><m>1</m><k><j>2</j></k></y></y></y></x></u></r>").Code.Should().BeNull();
        XmlRead.Of(contract, $"<r>{Known}{Known}<u><x><y><y><y><y><m>1</m><k><j>2</j></k></y></y></y></y></x></u></r>").Code.Should().Be(DropRefusalCode.TooLarge);
    }

    [Fact]
    public void StepsAcrossWindows_AreRead()
    {
        var document = Encoding.UTF8.GetBytes($"<r>{string.Concat(Enumerable.Repeat("<u><x><q><m>1</m><q><w> </w><j>2</j></q></q></x><a>3</a></u>", 200))}</r>");
        var contract = Unit with { Drop = Unit.Drop! with { Xml = new XmlLayout("r/u", []) } };
        var expected = XmlRead.Of(contract, document, XmlReaderEvents.Open).Text();

        for (var window = 128; window < 512; window++)
        {
            XmlRead.Of(contract, new MemoryStream(document), (stream, plan, units, position, faults) =>
                new XmlScanner(XmlEncodings.AsUtf8(stream, faults, position), plan, units, position, window)).Text().Should().Be(expected);
        }
    }

    [Fact]
    public void UnitsWithoutRows_AreNamedAfterTheirFirstUnreadChild()
    {
        var contract = Contract("r/u", [Table("line", "r/u/a/b", Text("own", "."))]);

        XmlRead.Of(contract, "<r><u><v>1</v><w>2</w></u><u><v>1</v><w>2</w></u><u><a><c>1</c></a><w>2</w></u></r>").Skipped
            .Should().BeEquivalentTo(new Dictionary<string, long> { ["v"] = 2, ["w"] = 1 });
    }
}
