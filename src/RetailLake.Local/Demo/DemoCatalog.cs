namespace RetailLake.Local.Demo;

/// <summary>The demo's databases, their tables and the columns whose sums are compared.</summary>
public static class DemoCatalog
{
    public const string Crm = "crm";
    public const string Oms = "oms";
    public const string Merch = "merch";

    public static IReadOnlyList<string> Databases { get; } = [Crm, Oms, Merch];

    internal static IReadOnlyList<(string Database, string Table, string[] Sums)> Tables { get; } =
    [
        (Crm, "customer", ["lifetime_value"]),
        (Crm, "loyalty_account", ["points_balance", "points_lifetime"]),
        (Crm, "loyalty_txn", ["points", "amount"]),
        (Oms, "sales_order", ["line_count", "taxable_amount", "cgst_amount", "sgst_amount", "igst_amount", "net_amount"]),
        (Oms, "sales_order_line", ["quantity", "taxable_amount", "cgst_amount", "sgst_amount", "igst_amount", "net_amount"]),
        (Oms, "sales_order_payment", ["amount"]),
        (Merch, "category", []),
        (Merch, "product", ["mrp"]),
        (Merch, "price", ["mrp", "selling_price", "cost_price"]),
        (Merch, "store", ["area_sqft"]),
        (Merch, "inventory", ["on_hand", "reserved"]),
    ];

    internal static string Script(string name)
    {
        using var stream = typeof(DemoCatalog).Assembly.GetManifestResourceStream($"RetailLake.Local.Demo.Sql.{name}.sql")
            ?? throw new InvalidOperationException($"Found no embedded script '{name}.sql'; the project should embed Demo/Sql. No database was touched.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
