using System.Globalization;

namespace RetailLake.Local.Demo;

internal static class OmsRows
{
    private static readonly string[] Methods = ["UPI", "UPI", "UPI", "UPI", "CARD", "CARD", "CASH", "WALLET"];
    private static readonly string[] ParcelMethods = ["UPI", "UPI", "UPI", "CARD", "CARD", "WALLET", "COD", "COD"];

    public static void Orders(TabWriter to, DemoWorld world, OrderRange range) => range.Each(world, order => WriteOrder(to, world, range, order));

    public static void Lines(TabWriter to, DemoWorld world, OrderRange range) => range.Each(world, order =>
    {
        for (var number = 0; number < order.LineCount; number++)
        {
            ref readonly var line = ref order.Lines[number];
            to.Number(order.Id).Number(number + 1).Number(line.Product.Id).Text(line.Product.Ean).Text(line.Product.Hsn).Text(line.Product.Name)
                .Quantity(line.Quantity).Text(line.Product.Goods.Uom).Money(line.Product.Mrp).Money(line.Product.Price).Money(line.Discount)
                .Money(line.Product.Rate).Money(line.Taxable).Money(line.HalfTax).Money(line.HalfTax).Money(line.Igst).Money(line.Net)
                .Text(line.IsPromotion ? "FESTIVE25" : null).EndRow();
        }
    });

    public static void Payments(TabWriter to, DemoWorld world, OrderRange range) => range.Each(world, order =>
    {
        var draw = order.Rest;
        var gift = order.Net > 200_00 && draw.Percent(8) ? order.Net / 400 * 100 : 0;
        var number = 1;
        if (gift > 0)
            to.Number(order.Id).Number(number++).Text("GIFT_CARD").Money(gift).Null().Null().Null().Text("CAPTURED").Seconds(order.PlacedAt).EndRow();
        var method = draw.Of(order.IsParcel ? ParcelMethods : Methods);
        var paid = method != "COD" || order.Status == "DELIVERED";
        to.Number(order.Id).Number(number).Text(method).Money(order.Net - gift);
        to.Text(method == "UPI" ? string.Create(CultureInfo.InvariantCulture, $"{draw.Of(People.First)}{draw.Below(9_999)}@{draw.Of(People.Handles)}") : null);
        to.Text(method is "UPI" or "CARD" ? (600_000_000_000 + (long)(draw.Next() % 99_999_999_999)).ToString(CultureInfo.InvariantCulture) : null);
        to.Text(method == "CARD" ? draw.Below(10_000).ToString("D4", CultureInfo.InvariantCulture) : null);
        to.Text(order.Status == "CANCELLED" ? "REFUNDED" : paid ? "CAPTURED" : "PENDING");
        if (paid) to.Seconds(order.PlacedAt); else to.Null();
        to.EndRow();
    });

    private static void WriteOrder(TabWriter to, DemoWorld world, OrderRange range, Order order)
    {
        var draw = order.Rest;
        draw.Next();
        var business = draw.Percent(5);
        var later = range.UpdatedLater ? world.NotAfterNow(order.PlacedAt.AddSeconds(draw.Between(30, order.IsParcel ? 400_000 : 600))) : order.PlacedAt;
        to.Number(order.Id)
            .Text(string.Create(CultureInfo.InvariantCulture, $"{order.Store.Id:D3}/{FiscalYear(order.PlacedAt):D2}/{order.Id:D8}"))
            .Text(order.Channel).Number(order.Store.Id);
        if (order.CustomerId is { } customer) to.Number(customer); else to.Null();
        to.Date(order.PlacedAt).Text(order.Status).Text(order.Store.Gstin)
            .Text(business ? Gstin.Of(order.Supply.StateCode, Gstin.Pan(ref draw, 'C')) : null).Text(order.Supply.StateCode);
        WriteParcel(to, world, order);
        to.Number(order.LineCount).Money(order.Discount).Money(order.Taxable).Money(order.HalfTax).Money(order.HalfTax).Money(order.Igst)
            .Money(order.RoundOff).Money(order.Net);
        var gift = draw.Percent(4);
        to.Flag(gift).Text(gift ? draw.Of(People.GiftMessages) : null);
        to.Text(!order.IsParcel ? null : string.Create(CultureInfo.InvariantCulture,
            $$"""{"device": "{{(draw.Percent(70) ? "android" : "ios")}}", "slot": "{{draw.Between(8, 20):D2}}:00", "coupons": {{draw.Below(3)}}}"""));
        to.Seconds(order.PlacedAt);
        if (order.Status == "CANCELLED") to.Seconds(later); else to.Null();
        to.Seconds(later).EndRow();
    }

    private static void WriteParcel(TabWriter to, DemoWorld world, Order order)
    {
        if (!order.IsParcel)
        {
            to.Null().Null().Null().Null().Null();
            return;
        }
        var customer = Customer.Of(world.Seed, order.CustomerId!.Value - 1, out _);
        to.Text(customer.Name).Text(customer.Phone).Text(customer.Address).Text(customer.Place.City).Number(customer.PinCode);
    }

    // April to March; 27 is 2026-27.
    private static int FiscalYear(DateTime date) => (date.Month >= 4 ? date.Year + 1 : date.Year) % 100;
}
