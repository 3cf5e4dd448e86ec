namespace RetailLake.Local.Demo;

internal static class DemoRows
{
    /// <summary>All tables of a fill, the largest first so that none is left to run alone at the end.</summary>
    public static IReadOnlyList<TableRows> All(DemoWorld world)
    {
        var history = OrderRange.History(world);
        return
        [
            new(DemoCatalog.Oms, "sales_order_line", to => OmsRows.Lines(to, world, history)),
            new(DemoCatalog.Oms, "sales_order", to => OmsRows.Orders(to, world, history)),
            new(DemoCatalog.Oms, "sales_order_payment", to => OmsRows.Payments(to, world, history)),
            new(DemoCatalog.Crm, "loyalty_txn", to => CrmRows.Txns(to, world)),
            new(DemoCatalog.Crm, "customer", to => CrmRows.Customers(to, world, 0, world.Size.Customers)),
            new(DemoCatalog.Merch, "inventory", to => MerchRows.Inventory(to, world)),
            new(DemoCatalog.Merch, "price", to => MerchRows.Prices(to, world)),
            new(DemoCatalog.Crm, "loyalty_account", to => CrmRows.Accounts(to, world)),
            new(DemoCatalog.Merch, "product", to => MerchRows.Products(to, world, world.Products)),
            new(DemoCatalog.Merch, "store", to => MerchRows.Stores(to, world)),
            new(DemoCatalog.Merch, "category", to => MerchRows.Categories(to, world)),
        ];
    }

    public static IReadOnlyList<TableRows> Orders(DemoWorld world, OrderRange range) =>
    [
        new(DemoCatalog.Oms, "sales_order", to => OmsRows.Orders(to, world, range)),
        new(DemoCatalog.Oms, "sales_order_line", to => OmsRows.Lines(to, world, range)),
        new(DemoCatalog.Oms, "sales_order_payment", to => OmsRows.Payments(to, world, range)),
    ];
}
