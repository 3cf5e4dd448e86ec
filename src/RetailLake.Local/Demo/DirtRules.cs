namespace RetailLake.Local.Demo;

/// <summary>The rules that the demo's dirt breaks: how many rows the generator promises, and the SQL by which MariaDB counts them.</summary>
internal sealed record DirtRule(string Database, string Table, string Rule, Func<DemoSize, long> Promised, string Broken)
{
    public static IReadOnlyList<DirtRule> All { get; } =
    [
        new(DemoCatalog.Crm, "customer", "phone is +91 and ten digits",
            size => Dirt.Count(size.Customers, CrmRows.PhoneTooShort, CrmRows.CustomerDirtKinds),
            "phone IS NOT NULL AND phone NOT REGEXP '^[+]91[6-9][0-9]{9}$'"),
        new(DemoCatalog.Crm, "customer", "gstin has 15 characters in its pattern",
            size => Dirt.Count(size.Customers, CrmRows.GstinCut, CrmRows.CustomerDirtKinds),
            "gstin IS NOT NULL AND gstin NOT REGEXP '^[0-9]{2}[A-Z]{5}[0-9]{4}[A-Z][1-9A-Z]Z[0-9A-Z]$'"),
        new(DemoCatalog.Oms, "sales_order_line", "quantity is above 0",
            size => Dirt.Count(size.Orders, 0, 1),
            "quantity <= 0"),
        new(DemoCatalog.Merch, "product", "ean has 13 digits and a right check digit",
            size => Dirt.Count(size.Products, MerchRows.EanCheckDigit, MerchRows.ProductDirtKinds),
            $"ean NOT REGEXP '^[0-9]{{13}}$' OR (10 - ({EanSum()}) % 10) % 10 <> SUBSTR(ean, 13, 1)"),
        new(DemoCatalog.Merch, "product", "hsn has 4, 6 or 8 digits",
            size => Dirt.Count(size.Products, MerchRows.HsnOfThree, MerchRows.ProductDirtKinds),
            "hsn NOT REGEXP '^([0-9]{4}|[0-9]{6}|[0-9]{8})$'"),
        new(DemoCatalog.Merch, "price", "mrp is not below selling_price",
            size => Dirt.Count(size.Prices, 0, 1),
            "mrp < selling_price"),
    ];

    private static string EanSum() =>
        string.Join(" + ", Enumerable.Range(1, 12).Select(position => FormattableString.Invariant($"{(position % 2 == 1 ? 1 : 3)} * SUBSTR(ean, {position}, 1)")));
}
