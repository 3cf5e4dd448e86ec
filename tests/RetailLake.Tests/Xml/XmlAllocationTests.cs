using System.Text;
using RetailLake.Sources.Drops;
using RetailLake.Sources.Xml;

namespace RetailLake.Tests.Xml;

public sealed class XmlAllocationTests
{
    [Fact]
    public void Reading_AllocatesNothingPerRow()
    {
        var contract = PosLog.Contract();
        using var reader = new XmlDropReader(contract, XmlRead.Drop, new DropContent(contract, XmlRead.Drop, new MemoryStream(Encoding.UTF8.GetBytes(Document(20_000)))));
        for (var warm = 0; warm < 5_000; warm++)
        {
            reader.Read().Should().BeTrue();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var rows = 0;
        while (reader.Read())
        {
            rows++;
        }

        rows.Should().BeGreaterThan(50_000);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(rows, "an object a row would be 24 bytes a row");
    }

    private static string Document(int transactions)
    {
        var text = new StringBuilder($"<POSLog xmlns='{PosLog.Namespace}' xmlns:x='urn:x'>");
        for (var number = 0; number < transactions; number++)
        {
            text.Append($"<Transaction><RetailStoreID>9</RetailStoreID><SequenceNumber>{number}</SequenceNumber><ControlTransaction/>");
            text.Append($"<RetailTransaction><LineItem x:a='1'><Sale><ItemID>A&amp;{number}</ItemID><x:ItemID>é</x:ItemID><Quantity>\r\n 1 </Quantity></Sale></LineItem>");
            text.Append("<LineItem><Tender TenderType='A&amp;B'><Amount>1.00</Amount></Tender></LineItem><Total TotalType='TransactionGrandAmount'>1</Total></RetailTransaction></Transaction>");
            text.Append("<Transaction><ControlTransaction><NoSale/></ControlTransaction></Transaction>");
        }

        return text.Append("</POSLog>").ToString();
    }
}
