namespace RetailLake.Local.Demo;

internal sealed class OmsDay(DemoSql sql, DemoWorld world, DayClock clock, int seed)
{
    public async Task<IReadOnlyList<DemoChange>> ApplyAsync(CancellationToken cancellationToken)
    {
        var day = new DayChanges(sql, DemoCatalog.Oms, seed, cancellationToken);
        var last = await day.NumberAsync("SELECT MAX(order_id) FROM sales_order");
        await MoveOnAsync(day);
        await CancelAsync(day);
        await DropLastLinesAsync(day);
        var count = Math.Max(20, world.Size.Orders / 180);
        var range = new OrderRange(last, count, count * Order.MostLines, clock.Ist(count));
        foreach (var rows in DemoRows.Orders(world, range))
            await day.LoadAsync(rows);
        return day.Done;
    }

    private Task MoveOnAsync(DayChanges day) => day.UpdateAsync("sales_order", $"""
        UPDATE sales_order
        SET status = CASE status WHEN 'PLACED' THEN 'PACKED' WHEN 'PACKED' THEN 'SHIPPED' ELSE 'DELIVERED' END,
            updated_at = {clock.IstSql("order_id")}
        WHERE status IN ('PLACED', 'PACKED', 'SHIPPED') AND {day.OneIn(2, "order_id")}
        """);

    private async Task CancelAsync(DayChanges day)
    {
        await day.RunAsync($"""
            CREATE TEMPORARY TABLE cancelled (PRIMARY KEY (order_id))
            SELECT order_id FROM sales_order WHERE status <> 'CANCELLED' AND {day.OneIn(211, "order_id")}
            """);
        await day.UpdateAsync("sales_order", $"""
            UPDATE sales_order JOIN cancelled USING (order_id)
            SET status = 'CANCELLED', cancelled_at = {clock.IstSql("order_id")}, updated_at = {clock.IstSql("order_id")}
            """);
        await day.UpdateAsync("sales_order_payment", "UPDATE sales_order_payment JOIN cancelled USING (order_id) SET status = 'REFUNDED'");
        await day.RunAsync("DROP TEMPORARY TABLE cancelled");
    }

    /// <summary>A line leaves its order, the first is marked, head and payment follow; only the head has a time to be found by.</summary>
    private async Task DropLastLinesAsync(DayChanges day)
    {
        await day.RunAsync($"""
            CREATE TEMPORARY TABLE changed (PRIMARY KEY (order_id))
            SELECT order_id, line_count FROM sales_order WHERE line_count > 1 AND {day.OneIn(301, "order_id")}
            """);
        await day.DeleteAsync("sales_order_line",
            "DELETE l FROM sales_order_line l JOIN changed c ON c.order_id = l.order_id AND c.line_count = l.line_no");
        await day.UpdateAsync("sales_order_line",
            "UPDATE sales_order_line l JOIN changed c ON c.order_id = l.order_id AND l.line_no = 1 SET l.promo_code = 'REVISED'");
        await day.UpdateAsync("sales_order", $"""
            UPDATE sales_order o JOIN (
                SELECT order_id, COUNT(*) AS remaining, SUM(discount_amount) AS discount, SUM(taxable_amount) AS taxable, SUM(cgst_amount) AS cgst,
                       SUM(sgst_amount) AS sgst, SUM(igst_amount) AS igst, SUM(l.net_amount) AS net
                FROM sales_order_line l JOIN changed USING (order_id) GROUP BY order_id) s USING (order_id)
            SET o.line_count = s.remaining, o.discount_amount = s.discount, o.taxable_amount = s.taxable, o.cgst_amount = s.cgst,
                o.sgst_amount = s.sgst, o.igst_amount = s.igst, o.round_off = ROUND(s.net) - s.net, o.net_amount = ROUND(s.net),
                o.updated_at = {clock.IstSql("o.order_id")}
            """);
        await day.DeleteAsync("sales_order_payment",
            "DELETE p FROM sales_order_payment p JOIN changed USING (order_id) WHERE p.payment_no > 1");
        await day.UpdateAsync("sales_order_payment",
            "UPDATE sales_order_payment p JOIN changed USING (order_id) JOIN sales_order o USING (order_id) SET p.amount = o.net_amount");
        await day.RunAsync("DROP TEMPORARY TABLE changed");
    }
}
