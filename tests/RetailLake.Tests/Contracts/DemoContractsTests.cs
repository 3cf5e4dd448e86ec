using System.Text.RegularExpressions;
using RetailLake.Core.Contracts;

namespace RetailLake.Tests.Contracts;

/// <summary>The repository's contracts against the demo's own tables.</summary>
public sealed partial class DemoContractsTests
{
    private static readonly LoadedContracts Loaded = ContractLoader.Load([Repository.Contracts]);

    [Fact]
    public void All_HaveNoProblem() => Loaded.Problems.Select(problem => problem.ToString()).Should().BeEmpty();

    [Fact]
    public void All_AreTheDemosFeeds() => Loaded.Contracts.Select(contract => contract.Id).Should().Equal(
        "crm.customer", "crm.loyalty_account", "crm.loyalty_txn", "crt.till_count", "gp.grn",
        "merch.category", "merch.inventory", "merch.price", "merch.product", "merch.store", "oms.order", "pos.bill", "poslog.transaction", "util.footfall", "util.price_tag");

    [Theory]
    [InlineData("crm")]
    [InlineData("merch")]
    [InlineData("oms")]
    public void EveryTableAndColumn_IsThatOfTheDemosDdl(string source)
    {
        var ddl = Ddl(File.ReadAllText(Path.Combine(Repository.Root, "src", "RetailLake.Local", "Demo", "Sql", $"{source}.sql")));

        var tables = Loaded.Contracts.Where(contract => contract.Source == source).SelectMany(contract => contract.Tables).ToDictionary(
            table => table.Name, table => table.Columns.Select(column => $"{column.Name} {column.Type.SourceType}").ToList());

        tables.Should().BeEquivalentTo(ddl, options => options.WithStrictOrderingFor(info => info.Path.Length > 0));
    }

    [Fact]
    public void Persons_AreTokenised() => Personal().Should().Equal(
        "crm.customer.address_line", "crm.customer.attributes", "crm.customer.date_of_birth", "crm.customer.email", "crm.customer.full_name", "crm.customer.gstin", "crm.customer.phone",
        "crm.loyalty_account.card_no", "crm.loyalty_txn.note",
        "crt.till_count.cashier_mobile", "crt.till_count.cashier_name",
        "gp.grn.driver_name", "gp.grn.driver_phone", "gp.grn.vendor_gstin",
        "oms.sales_order.buyer_gstin", "oms.sales_order.gift_message", "oms.sales_order.ship_address", "oms.sales_order.ship_name", "oms.sales_order.ship_phone", "oms.sales_order_payment.upi_vpa",
        "pos.bill.cashier", "pos.bill.customer_phone", "pos.bill.loyalty_id", "pos.bill_tender.reference", "poslog.pos_transaction.operator_id",
        "util.footfall.guard_name", "util.footfall.guard_phone", "util.price_tag.printed_by");

    [Fact]
    public void TheOrder_IsAWindowOverItsHeadWithASweepAndASalesFeed()
    {
        var order = Loaded.Contracts.Single(contract => contract.Id == "oms.order");

        (order.Extract.Mode, order.Extract.Deletes, order.Parent.CursorColumn).Should().Be((ExtractMode.Window, DeletePolicy.Sweep, "updated_at"));
        order.Tables.Skip(1).Should().OnlyContain(table => table.ParentKey.SequenceEqual(new[] { "order_id" }) && table.CursorColumn == null);
        order.Manthan!.Subject.Should().Be("SALES");
        order.Tables[1].Columns.Where(column => column.ControlTotal).Select(column => column.Name).Should().Equal(
            "quantity", "taxable_amount", "cgst_amount", "sgst_amount", "igst_amount", "net_amount");
    }

    private static IEnumerable<string> Personal() => Loaded.Contracts
        .SelectMany(contract => contract.Tables.SelectMany(table => table.Columns.Where(column => column.Personal).Select(column => $"{contract.Source}.{table.Name}.{column.Name}")))
        .Order(StringComparer.Ordinal);

    private static Dictionary<string, List<string>> Ddl(string sql)
    {
        var tables = new Dictionary<string, List<string>>();
        foreach (Match table in Table().Matches(sql))
        {
            tables[table.Groups[1].Value] = [.. Column().Matches(table.Groups[2].Value).Select(column => $"{column.Groups[1].Value} {Type(column.Groups[2].Value)}")];
        }

        return tables;
    }

    private static string Type(string text) => text.StartsWith("ENUM", StringComparison.Ordinal) ? "enum" + text[4..] : text.ToLowerInvariant();

    [GeneratedRegex(@"CREATE TABLE (\w+) \((.*?)^\)", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Table();

    [GeneratedRegex(@"^  ([a-z_0-9]+)\s+([A-Z]+(\([^)]*\))?)", RegexOptions.Multiline)]
    private static partial Regex Column();
}
