
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
}
