using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using RetailLake.Local.Demo.Files;
using static RetailLake.Tests.Demo.Files.Generated;

namespace RetailLake.Tests.Demo.Files;

public sealed class PosLogFileTests
{
    private static readonly XNamespace Retail = "http://www.nrf-arts.org/IXRetail/namespace/";

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    public void Planted_IsWhatAPlainScriptCounts(int store, bool isLarge)
    {
        var (bytes, content) = Make(new PosLogFile(World, isLarge), isLarge ? 150 : 900, store);
        var counted = content.Tables.ToDictionary(table => table.Table, table => new Recount([.. table.Sums.Keys]));
        var skipped = new Dictionary<string, long>();
        var keys = new HashSet<string>();

        foreach (var transaction in Transactions(bytes))
        {
            var unit = transaction.Element(Retail + "RetailTransaction");
            keys.Add(Key(transaction)).Should().BeTrue("a till's numbers are its own within a day");
            if (unit is null)
            {
                var name = transaction.Elements().Single(element => element.Name.LocalName.EndsWith("ControlTransaction", StringComparison.Ordinal)).Name.LocalName;
                skipped[name] = skipped.GetValueOrDefault(name) + 1;
                continue;
            }

            Count(unit, counted);
        }

        skipped.Should().BeEquivalentTo(content.Skipped);
        content.Tables.Should().AllSatisfy(table => table.ShouldBe(counted[table.Table]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Bills_BalanceAndHaveEachKind(int store)
    {
        var bills = Transactions(Make(new PosLogFile(World, isLarge: false), 900, store).Bytes).Where(bill => bill.Element(Retail + "RetailTransaction") is not null).ToList();

        var paid = 0;
        foreach (var bill in bills)
        {
            var retail = bill.Element(Retail + "RetailTransaction")!;
            var tenders = retail.Descendants(Retail + "Tender").ToList();
            if (Total(retail, "TransactionGrandAmount") is not { } grand || tenders.Count == 0)
            {
                continue;
            }

            paid++;
            var net = Total(retail, "TransactionNetAmount")!.Value;
            var change = tenders.Elements(Retail + "TenderChange").Sum(element => Money(element.Element(Retail + "Amount")!.Value) ?? 0);
            (tenders.Sum(tender => Money(tender.Element(Retail + "Amount")!.Value)) + change).Should().Be(Math.Abs(grand));
            Math.Abs(grand - net).Should().BeLessThanOrEqualTo(0.5m);
            (tenders[0].Attribute("TypeCode")!.Value == "Refund").Should().Be(grand < 0);
        }

        paid.Should().BeGreaterThan(700);
        bills.Should().Contain(bill => (string?)bill.Attribute("TrainingModeFlag") == "true");
        foreach (var status in new[] { "PostVoided", "Suspended" })
        {
            bills.Should().Contain(bill => (string?)bill.Element(Retail + "RetailTransaction")!.Attribute("TransactionStatus") == status);
        }

        var items = bills.Descendants(Retail + "LineItem").ToList();
        items.Should().Contain(item => (string?)item.Attribute("VoidFlag") == "true" || (string?)item.Attribute("CancelFlag") == "true");
        items.Descendants(Retail + "Tender").Select(tender => tender.Attribute("TenderType")!.Value).Should().Contain(["X:UPI", "CreditDebit", "Cash", "GiftCard", "Mobile"]);
        items.Descendants(Retail + "PrimaryAccountNumber").Should().OnlyContain(account => account.Value.Length == 4);
        items.Descendants(Retail + "Quantity").Should().Contain(quantity => quantity.Value.StartsWith("0.", StringComparison.Ordinal), "some goods are weighed");
        var returns = store == 1 ? items.Elements(Retail + "Return") : items.Elements(Retail + "Sale").Where(sale => sale.Element(Retail + "Quantity")!.Value.StartsWith('-'));
        returns.Should().NotBeEmpty().And.OnlyContain(item => Money(item.Element(Retail + "ExtendedAmount")!.Value) != null && !item.Element(Retail + "ExtendedAmount")!.Value.StartsWith('-'));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void LargeBills_AreAboutEighteenKilobytes(int store)
    {
        var (bytes, _) = Make(new PosLogFile(World, isLarge: true), 200, store);

        (bytes.Length / 200).Should().BeInRange(14_000, 24_000);
    }

    private static void Count(XElement unit, Dictionary<string, Recount> counted)
    {
        var rows = new List<(string Table, decimal?[] Values)> { ("pos_transaction", [Total(unit, "TransactionGrandAmount"), Total(unit, "TransactionTaxAmount")]) };
        foreach (var item in unit.Elements(Retail + "LineItem"))
        {
            foreach (var sold in item.Elements().Where(element => element.Name.LocalName is "Sale" or "Return"))
            {
                rows.Add(("pos_line", [Money(sold.Element(Retail + "Quantity")!.Value), Money(sold.Element(Retail + "ExtendedAmount")!.Value)]));
            }

            rows.AddRange(item.Elements(Retail + "Tender").Select(tender => ("pos_tender", new[] { Money(tender.Element(Retail + "Amount")!.Value) })));
            rows.AddRange(item.Descendants(Retail + "Tax").Select(tax => ("pos_tax", new[] { Money(tax.Element(Retail + "TaxableAmount")!.Value), Money(tax.Element(Retail + "Amount")!.Value) })));
            rows.AddRange(item.Descendants(Retail + "RetailPriceModifier").Select(discount => ("pos_discount", new[] { Money(discount.Element(Retail + "Amount")!.Value) })));
            rows.AddRange(item.Elements(Retail + "LoyaltyReward").Select(_ => ("pos_discount", new decimal?[] { 0 })));
        }

        var falls = rows.Any(row => row.Values.Any(value => value is null)) ? PlantedTable.UnitRejected : null;
        foreach (var (table, values) in rows)
        {
            counted[table].Add(values.Any(value => value is null) ? "type" : falls, values);
        }
    }

    private static decimal? Total(XElement unit, string type) =>
        Money(unit.Elements(Retail + "Total").Single(total => (string?)total.Attribute("TotalType") == type).Value);

    private static decimal? Money(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static string Key(XElement transaction) =>
        $"{transaction.Element(Retail + "WorkstationID")!.Value} {transaction.Element(Retail + "SequenceNumber")!.Value} {transaction.Element(Retail + "BusinessDayDate")!.Value}";

    /// <summary>By a reader that refuses DTDs, so that the documents are also well-formed.</summary>
    private static List<XElement> Transactions(byte[] bytes)
    {
        using var reader = XmlReader.Create(new MemoryStream(bytes), new() { DtdProcessing = DtdProcessing.Prohibit });
        return [.. XElement.Load(reader).Elements(Retail + "Transaction")];
    }
}
