using System.Text;
using RetailLake.Core.Contracts;

namespace RetailLake.Tests.Xml;

/// <summary>The contract for POSLog as it is written, and what it makes of both shapes.</summary>
public sealed class PosLogContractTests
{
    private static readonly string Path = System.IO.Path.Combine(Repository.Contracts, "poslog", "transaction.odcs.yaml");

    [Fact]
    public void Contract_HasNoProblems()
    {
        Loaded().Problems.Should().BeEmpty();
    }

    [Fact]
    public void WrongPaths_AreProblemsAtTheirPlace()
    {
        var lines = File.ReadAllLines(Path);
        var line = Array.FindIndex(lines, text => text.Contains("'Tender/@TenderType'", StringComparison.Ordinal));
        lines[line] = lines[line].Replace("@TenderType", "@acs:TenderType", StringComparison.Ordinal);

        var problem = ContractLoader.Read("poslog", "transaction", Encoding.UTF8.GetBytes(string.Join('\n', lines)), Path).Problems.Should().ContainSingle().Subject;

        problem.Line.Should().Be(line + 1);
        problem.Message.Should().Contain("'Tender/@acs:TenderType' has the prefix 'acs'; paths are by local names, so leave it out");
    }

    [Fact]
    public void TimesOfAllVendors_AreTheShopsClock()
    {
        var read = XmlRead.Of(Contract(), Document(
            Transaction(1, "2017-10-01T02:02:54"),
            Transaction(2, "2016-08-22T15:21:54.4833703+01:00"),
            Transaction(3, "2026-11-21T04:00:00Z"),
            Transaction(4, "21.11.2026 09:30")));

        read.Rows.Select(row => Field(row, "end_at")).Should().Equal("2017-10-01 02:02:54", "2016-08-22 19:51:54.483370", "2026-11-21 09:30:00", "21.11.2026 09:30");
        read.Rows.Select(row => Field(row, "business_day")).Should().Equal("2017-10-01T02:02:54", "2016-08-22T15:21:54.4833703+01:00", "2026-11-21T04:00:00Z", "21.11.2026 09:30");
        read.Refused.Should().Equal(4);
    }

    [Fact]
    public void FlagsAndKinds_SayWhatALineDoes()
    {
        var read = XmlRead.Of(Contract(), Document("""
            <Transaction TrainingModeFlag="true"><BusinessUnit><UnitID>0610</UnitID></BusinessUnit><WorkstationID>1</WorkstationID><SequenceNumber>5</SequenceNumber>
              <RetailTransaction TransactionStatus="PostVoided">
                <LineItem CancelFlag="1"><Sale><ItemID>A</ItemID><Description> Tea  </Description><Quantity>-1</Quantity><Tax><Amount>0.33</Amount></Tax></Sale><SequenceNumber>1</SequenceNumber></LineItem>
                <LineItem VoidFlag="yes"><Return><POSIdentity><POSItemID>B</POSItemID></POSIdentity><RetailPriceModifier><Amount>1</Amount></RetailPriceModifier></Return><SequenceNumber>2</SequenceNumber></LineItem>
                <LineItem><Discount><Amount>2</Amount></Discount><SequenceNumber>3</SequenceNumber></LineItem>
                <LineItem><Tax><Amount>0.66</Amount></Tax><SequenceNumber>4</SequenceNumber></LineItem>
                <TransactionLink ReasonCode="PostVoid"><SequenceNumber>4</SequenceNumber></TransactionLink>
              </RetailTransaction><BusinessDayDate>2026-11-21</BusinessDayDate></Transaction>
            """));

        Shown(read, "pos_transaction", "is_training", "transaction_status", "link_reason", "link_sequence_number").Should().Equal("1 PostVoided PostVoid 4");
        Shown(read, "pos_line", "line_number", "line_type", "is_void", "item_id", "description", "quantity").Should().Equal("1 Sale 1 A Tea -1", "2 Return yes B \\N \\N");
        Shown(read, "pos_tax", "business_day", "tax_number", "line_number", "item_id", "amount").Should().Equal("2026-11-21 1 1 A 0.33", "2026-11-21 2 4 \\N 0.66");
        Shown(read, "pos_discount", "discount_number", "discount_type", "line_number", "amount").Should().Equal("1 RetailPriceModifier 2 1", "2 Discount 3 2");
        read.Refused.Should().Equal([4], "a flag that is neither is no flag");
    }

    private static LoadedContracts Loaded() => ContractLoader.Read("poslog", "transaction", File.ReadAllBytes(Path), Path);

    private static Contract Contract() => Loaded().Contracts[0];

    private static string Field(XmlReadRow row, string column) =>
        row.Fields[Contract().Tables.First(table => table.Name == row.Table).Columns.TakeWhile(known => known.Name != column).Count()] ?? "\\N";

    private static IEnumerable<string> Shown(XmlRead read, string table, params string[] columns) =>
        read.Of(table).Select(row => string.Join(' ', columns.Select(column => Field(row, column))));

    private static string Document(params string[] transactions) => $"<POSLog xmlns=\"{PosLog.Namespace}\">{string.Concat(transactions)}</POSLog>";

    private static string Transaction(int number, string time) =>
        $"<Transaction><SequenceNumber>{number}</SequenceNumber><EndDateTime>{time}</EndDateTime><RetailTransaction/></Transaction>";
}
