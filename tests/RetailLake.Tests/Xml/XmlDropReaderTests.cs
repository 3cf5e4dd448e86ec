using System.IO.Compression;
using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Sources.Xml.Encodings;
using RetailLake.Sources.Xml.Scanning;
using static RetailLake.Tests.Xml.XmlFeed;

namespace RetailLake.Tests.Xml;

public sealed class XmlDropReaderTests
{
    [Fact]
    public void BothShapes_GiveTheSameColumns()
    {
        var read = XmlRead.Of(PosLog.Contract(), """
            <?xml version="1.0"?>
            <p:POSLog xmlns:p="http://www.nrf-arts.org/IXRetail/namespace/">
              <p:Transaction><p:RetailStoreID>9</p:RetailStoreID><p:WorkstationID>34</p:WorkstationID><p:SequenceNumber> 161
              </p:SequenceNumber><p:BusinessDayDate>2017-09-30</p:BusinessDayDate><p:CurrencyCode>USD</p:CurrencyCode>
                <p:RetailTransaction>
                  <p:LineItem VoidFlag='true'><p:SequenceNumber>1</p:SequenceNumber><p:Sale><p:ItemID>0067</p:ItemID><p:Description>A &amp; <![CDATA[<B>]]>&#x41; </p:Description>
                    <p:Quantity>0.42</p:Quantity></p:Sale></p:LineItem>
                  <p:Total TotalType="Other">5</p:Total><p:Total TotalType="TransactionGrandAmount">1.07</p:Total>
                </p:RetailTransaction>
              </p:Transaction>
              <p:Transaction><p:RetailStoreID>9</p:RetailStoreID><p:ControlTransaction><p:NoSale/></p:ControlTransaction></p:Transaction>
              <p:Transaction>
                <p:BusinessUnit><p:UnitID Name="x">0610</p:UnitID></p:BusinessUnit><p:SequenceNumber>451</p:SequenceNumber>
                <p:RetailTransaction TransactionStatus="Finished">
                  <p:LineItem><p:Return><p:ItemID/><p:Quantity/></p:Return><p:SequenceNumber>7</p:SequenceNumber></p:LineItem>
                  <p:LineItem><p:Tender TenderType="Cash"><p:Amount>6.57</p:Amount></p:Tender><p:SequenceNumber>8</p:SequenceNumber></p:LineItem>
                  <p:Total CurrencyCode="GBP">6.57</p:Total>
                </p:RetailTransaction>
                <p:BusinessDayDate>2016-08-22</p:BusinessDayDate><p:EndDateTime>2016-08-22T15:21:54.4833703+01:00</p:EndDateTime>
              </p:Transaction>
            </p:POSLog><!-- end -->

            """);

        read.Refusal.Should().BeNull();
        read.Rows.Select(row => row.ToString()).Should().Equal(
            "pos_transaction 1 1 9|34|161|2017-09-30|RetailTransaction|\\N|\\N|USD|1.07|\\N",
            "pos_line 1 1 9|34|161|2017-09-30|1|Sale|true|0067|A & <B>A |0.42|\\N|\\N",
            "pos_transaction 3 2 0610|\\N|451|2016-08-22|RetailTransaction|Finished|2016-08-22T15:21:54.4833703+01:00|GBP|\\N|\\N",
            "pos_line 3 2 0610|\\N|451|2016-08-22|7|Return|\\N||\\N|\\N|\\N|\\N",
            "pos_tender 3 1 0610|\\N|451|2016-08-22|8|Cash|6.57|\\N");
        read.Skipped.Should().Equal(new Dictionary<string, long> { ["ControlTransaction"] = 1 });
    }

    [Fact]
    public void ValuesAroundUnits_StandBeforeThem()
    {
        var contract = Contract("r/s/u", [Table("unit", "r/s/u", Text("batch", "ancestor::r/h/b"), Text("version", "ancestor::r/@v"), Text("shop", "../n"), Text("own", "."))]);

        XmlRead.Of(contract, "<r v='6'><h><b>7</b></h><s><n>A</n><u>1</u><u>2</u></s><s><u>3</u></s><s><n>C</n><u>4</u></s></r>").Rows.Select(row => row.ToString())
            .Should().Equal("unit 1 1 7|6|A|1", "unit 2 2 7|6|A|2", "unit 3 3 7|6|\\N|3", "unit 4 4 7|6|C|4");
        var late = XmlRead.Of(contract, "<r><s><u>1</u><n>A</n></s></r>");
        late.Code.Should().Be(DropRefusalCode.Format);
        late.Refusal!.Message.Should().StartWith("Found 'n' at byte 14 of 'sale.xml', unit 1, behind units whose rows need it;");
    }

    [Fact]
    public void OtherNamespaces_AreNotMatchedAndCounted()
    {
        var contract = Contract("r/u", [Table("unit", "r/u", Text("a", "a"), Text("k", "a/@k"))], "urn:r");

        var read = XmlRead.Of(contract, "<r xmlns='urn:r' xmlns:x='urn:x'><u><x:a k='0'>0</x:a><a x:k='2' k='1'>1</a><x:z/></u><u><a x:k='2'>2</a></u><x:u><a>3</a></x:u><u xmlns='urn:x'/></r>");

        read.Rows.Select(row => row.ToString()).Should().Equal("unit 1 1 1|1", "unit 2 2 2|\\N");
        read.Skipped.Should().BeEquivalentTo(new Dictionary<string, long> { ["a in another namespace"] = 1, ["u in another namespace"] = 2 });
        XmlRead.Of(contract, "<r xmlns='urn:x'><u/></r>").Refusal!.Message.Should().StartWith("Found the root element 'r' in another namespace at byte 0");
    }

    [Fact]
    public void UnitsWithoutRows_AreCountedByTheirFirstUnreadChild()
    {
        var contract = Contract("r/u", [Table("unit", "r/u[a]", Text("a", "a"), Text("b", "b/c"))]);

        var read = XmlRead.Of(contract, "<r><u><x>1</x><Control><y/></Control></u><u><x/><b><z/></b></u><u><b/></u><u><a/></u><u><Control><y><q/></y></Control></u></r>");

        read.Rows.Should().ContainSingle().Which.Unit.Should().Be(4);
        read.Skipped.Should().BeEquivalentTo(new Dictionary<string, long> { ["Control"] = 2, ["x"] = 1, ["u"] = 1 });
    }

    [Fact]
    public void FilesOfAnArchive_AreDocumentsOfOneDrop()
    {
        var small = Contract("r/u", [Table("unit", "r/u", Number("row", "$row"), Number("unit", "$unit"), Text("name", "$name"), Text("own", "."))]);
        var contract = small with { Drop = small.Drop! with { Compression = DropCompression.Zip } };
        using var stored = new MemoryStream();
        using (var zip = new ZipArchive(stored, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in new[] { ("b.xml", "<r><u>3</u></r>"), ("a.xml", "\uFEFF<r><u>1</u><u>2</u></r>") })
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        stored.Position = 0;
        XmlRead.Of(contract, stored).Rows.Select(row => row.ToString())
            .Should().Equal("unit 1 1 1|1|sale.xml|1", "unit 2 2 2|2|sale.xml|2", "unit 3 3 3|3|sale.xml|3");
    }

    /// <summary>Tags that were written before are known by their bytes, wherever a window cuts them, and mean what they meant.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(64 * 1024)]
    public void TagsThatComeAgain_AreReadAsTheFirst(int bytes)
    {
        var contract = Contract("r/u", [Table("unit", "r/u", Text("k", "@k"), Text("t", "@t"), Text("a", "a/@k"), Text("b", "b/@t | b[@k=1]/@k"))], "", "urn:p");
        string[] units =
        [
            "<u k='1' t='2'><a k='x'/><b t='y' k='1'/></u>", "<u k='1' t='2'/>", "<u k=\"1\" t='&amp;2>'><a k='x'></a></u>", "<u t='2' k='1' ><b k='1' /></u>", "<u  k='1'/>",
            "<u p:t='3' t='2'><p:a k='x' p:k='y'/></u>", "<u xmlns:p='urn:q' p:t='3' t='2'><p:a k='x' p:k='y'/></u>", $"<u k='{new string('k', 300)}'/>", "<u k='1' t='2' z='' zz='' y='' yy='' x='' xx='' w=''/>",
        ];
        var random = new Random(7);
        var text = string.Concat(Enumerable.Range(0, 2_000).Select(index => index % 9 == 8 ? $"<u k='{index}'><c k='{index % 3}'/></u>" : units[random.Next(units.Length)]));
        var document = Encoding.UTF8.GetBytes($"<r xmlns:p='urn:p'>{text}</r>");

        var read = XmlRead.Of(contract, new ChunkedStream(document, bytes), (stream, plan, units, position, faults) =>
            new XmlScanner(XmlEncodings.AsUtf8(stream, faults, position), plan, units, position, bytes == 1 ? 700 : 64 * 1024));

        read.Rows.Should().HaveCount(2_000);
        read.Text().Should().Be(XmlRead.Of(contract, document, XmlReaderEvents.Open).Text());
        foreach (var torn in (string[])["<u k='1' t='2' t='3'/>", "<u k='1' t='2'", "<u k='1' t='2'/", "<u k='1' p:t='2' q:t='3'/>"])
        {
            XmlRead.Of(contract, Encoding.UTF8.GetBytes($"<r xmlns:p='urn:p'>{text}{torn}</r>")).Code.Should().NotBeNull(torn);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(7)]
    public void ReadsOfFewBytes_GiveTheSameRows(int bytes)
    {
        var contract = Contract("r/u", [Table("unit", "r/u", Text("own", "."), Text("k", "@k"), Text("a", "a"))]);
        var text = string.Concat(Enumerable.Range(0, 200).Select(index => $"<u k='é&amp;{index}'>{new string('x', index % 70)}\r\n<![CDATA[]] {index} \r\n]]>&#x1F600;<a\n>€{index}</a ><!-- - {index} --><?p {index}??></u>"));
        var document = Encoding.UTF8.GetBytes($"<?xml version='1.0'?><r>{text}</r>");
        var expected = XmlRead.Of(contract, document, XmlReaderEvents.Open).Text();

        for (var window = 64; window < 80; window++)
        {
            XmlRead.Of(contract, new ChunkedStream(document, bytes), (stream, plan, units, position, faults) =>
                new XmlScanner(XmlEncodings.AsUtf8(stream, faults, position), plan, units, position, window)).Text().Should().Be(expected);
        }
    }
}
