namespace RetailLake.Local.Demo;

internal sealed class MerchDay(DemoSql sql, DemoWorld world, DayClock clock, int seed)
{
    public async Task<IReadOnlyList<DemoChange>> ApplyAsync(CancellationToken cancellationToken)
    {
        var day = new DayChanges(sql, DemoCatalog.Merch, seed, cancellationToken);
        var last = await day.NumberAsync("SELECT MAX(product_id) FROM product");
        await ProductsAsync(day, (int)last);
        await PricesAsync(day);
        await InventoryAsync(day, last);
        return day.Done;
    }

    private async Task ProductsAsync(DayChanges day, int last)
    {
        await day.UpdateAsync("product", $"""
            UPDATE product SET name = CONCAT(name, ' (new pack)'), updated_at = {clock.UtcSql("product_id")}
            WHERE {day.OneIn(100, "product_id")} AND name NOT LIKE '%(new pack)'
            """);
        await day.DeleteAsync("product", $"DELETE FROM product WHERE {day.OneIn(199, "product_id")}");
        var more = Enumerable.Range(last, Math.Max(3, world.Size.Products / 400)).Select(index => Product.Of(world.Seed, index));
        await day.LoadAsync(new TableRows(DemoCatalog.Merch, "product",
            to => MerchRows.Products(to, world, more, product => clock.Utc(product.Id))));
    }

    private async Task PricesAsync(DayChanges day)
    {
        await day.UpdateAsync("price", $"""
            UPDATE price SET selling_price = ROUND(selling_price * 0.95, 2), is_promo = 1, promo_code = 'TODAY', updated_at = {clock.IstSql("product_id")}
            WHERE {day.OneIn(60, "product_id")}
            """);
        await day.DeleteAsync("price", $"DELETE FROM price WHERE {day.OneIn(97, "product_id")} AND valid_to IS NULL AND store_group = 'METRO'");
    }

    private static async Task InventoryAsync(DayChanges day, long last)
    {
        await day.UpdateAsync("inventory", $"UPDATE inventory SET on_hand = on_hand + 5 WHERE {day.OneIn(10, "(store_id * 17 + product_id)")}");
        await day.DeleteAsync("inventory", $"DELETE FROM inventory WHERE {day.OneIn(301, "(store_id * 17 + product_id)")}");
        await day.InsertAsync("inventory", FormattableString.Invariant($"""
            INSERT INTO inventory
            SELECT store_id, product_id, 24.000, NULL, 0.000, 6.000, NULL, NULL FROM product, store WHERE product_id > {last} AND store.is_active = 1
            """));
    }
}
