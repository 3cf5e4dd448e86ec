namespace RetailLake.Local.Demo;

internal sealed class CrmDay(DemoSql sql, DemoWorld world, DayClock clock, int seed)
{
    public async Task<IReadOnlyList<DemoChange>> ApplyAsync(CancellationToken cancellationToken)
    {
        var day = new DayChanges(sql, DemoCatalog.Crm, seed, cancellationToken);
        await CustomersAsync(day);
        await LoyaltyAsync(day);
        return day.Done;
    }

    private async Task CustomersAsync(DayChanges day)
    {
        var last = await day.NumberAsync("SELECT MAX(customer_id) FROM customer");
        await day.UpdateAsync("customer", $"""
            UPDATE customer
            SET address_line = CONCAT('New flat, ', COALESCE(address_line, city)), marketing_consent = 1 - marketing_consent,
                lifetime_value = lifetime_value + 499.50, updated_at = {clock.UtcSql("customer_id")}
            WHERE {day.OneIn(50, "customer_id")} AND deleted_at IS NULL
            """);
        await day.UpdateAsync("customer", $"""
            UPDATE customer SET deleted_at = {clock.UtcSql("customer_id")}, updated_at = {clock.UtcSql("customer_id")}
            WHERE {day.OneIn(499, "customer_id")} AND deleted_at IS NULL
            """);
        await day.LoadAsync(new TableRows(DemoCatalog.Crm, "customer",
            to => CrmRows.Customers(to, world, last, Math.Max(5, world.Size.Customers / 200), clock.Utc)));
    }

    private async Task LoyaltyAsync(DayChanges day)
    {
        var last = await day.NumberAsync("SELECT MAX(txn_id) FROM loyalty_txn");
        await day.InsertAsync("loyalty_txn", FormattableString.Invariant($"""
            INSERT INTO loyalty_txn
            SELECT {last} + ROW_NUMBER() OVER (ORDER BY account_id), account_id, NULL, 'ADJUST', 50, 0.00, 'Bonus of the day 🎁',
                   {clock.IstSql("account_id")}, {clock.UtcSql("account_id")}
            FROM loyalty_account WHERE {day.OneIn(40, "account_id")}
            """));
        await day.UpdateAsync("loyalty_account", $"""
            UPDATE loyalty_account
            SET points_balance = points_balance + 50, points_lifetime = points_lifetime + 50, updated_at = {clock.UtcSql("account_id")}
            WHERE {day.OneIn(40, "account_id")}
            """);
        await day.DeleteAsync("loyalty_account", $"DELETE FROM loyalty_account WHERE {day.OneIn(401, "account_id")}");
    }
}
