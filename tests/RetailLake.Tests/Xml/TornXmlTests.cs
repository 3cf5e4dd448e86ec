using System.Text;
using RetailLake.Core.Drops;
using RetailLake.Tests.Scenarios;

namespace RetailLake.Tests.Xml;

/// <summary>A document that is cut anywhere before its last character is never taken, in whatever encoding and whatever stands at the cut.</summary>
public sealed class TornXmlTests(ITestOutputHelper output)
{
    private static readonly string Document = "<?xml version=\"1.0\" encoding=\"{0}\"?>\r\n<p:POSLog xmlns:p=\"http://www.nrf-arts.org/IXRetail/namespace/\">" + string.Concat(Enumerable.Range(1, 60).Select(Transaction)) + "</p:POSLog>";

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("iso-8859-1")]
    public void CutAnywhere_IsTorn(string name)
    {
        var encoding = name switch { "utf-8" => new UTF8Encoding(true), "utf-16" => Encoding.Unicode, _ => Encoding.Latin1 };
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(Document.Replace("{0}", name, StringComparison.Ordinal))];
        var random = Soak.Random(output);

        for (var round = 0; round < Soak.Count(1_000, 100); round++)
        {
            var cut = round < 20 ? bytes.Length - 1 - round : random.Next(bytes.Length);
            XmlRead.Of(PosLog.Contract(), bytes[..cut]).Code.Should().Be(DropRefusalCode.Torn, $"cut at {cut} of {bytes.Length}");
        }

        XmlRead.Of(PosLog.Contract(), bytes).Rows.Should().HaveCount(60 + 60 + 60);
    }

    private static string Transaction(int number) => $"""

        <p:Transaction CancelFlag='false'><!-- till {number} --><p:RetailStoreID>9</p:RetailStoreID><p:WorkstationID>3</p:WorkstationID><p:SequenceNumber>{number}</p:SequenceNumber><?till {number}?>
          <p:BusinessDayDate>2026-11-21</p:BusinessDayDate><p:RetailTransaction>
            <p:LineItem><p:SequenceNumber>1</p:SequenceNumber><p:Sale><p:ItemID>00{number}</p:ItemID><p:Description><![CDATA[Crème <{number}>]]> &amp; &#xE9;é</p:Description><p:Quantity>1</p:Quantity></p:Sale></p:LineItem>
            <p:LineItem><p:SequenceNumber>2</p:SequenceNumber><p:Tender TenderType="Cash"><p:Amount>{number}.00</p:Amount></p:Tender></p:LineItem>
            <p:Unread><p:Deep a='1'/></p:Unread></p:RetailTransaction></p:Transaction>
        """;
}
