using System.Globalization;

namespace RetailLake.Local.Demo;

internal static class MerchRows
{
    public const int ProductDirtKinds = 2;
    public const int EanCheckDigit = 0;
    public const int HsnOfThree = 1;

    private static readonly string?[] Colours = [null, null, "Indigo", "Maroon", "Haldi yellow", "Peacock", "White"];
    private static readonly string[] Origins = ["IN", "IN", "IN", "IN", "CN", "VN", "BD"];
    private static readonly string[] Formats = ["HYPER", "SUPER", "EXPRESS", "FASHION", "ELECTRONICS"];

    public static void Categories(TabWriter to, DemoWorld world)
    {
        var draw = world.Draw(DemoTable.Category, 0);
        foreach (var (id, code, name, native) in Goods.Departments)
            to.Number(id).Null().Text(code).Text(name).Text(native).Null().Number(id).Flag(true).Microseconds(world.Past(ref draw, 90)).EndRow();
        foreach (var goods in Goods.All)
            to.Number(goods.CategoryId).Number(goods.DepartmentId)
                .Text(string.Create(CultureInfo.InvariantCulture, $"{Goods.Departments[goods.DepartmentId - 1].Code}-{goods.CategoryId}"))
                .Text(goods.Name).Text(goods.NativeName).Text(goods.Hsn[..2]).Number(goods.CategoryId).Flag(true)
                .Microseconds(world.Past(ref draw, 90)).EndRow();
    }

    public static void Products(TabWriter to, DemoWorld world, IEnumerable<Product> products, Func<Product, DateTime>? updatedAt = null)
    {
        foreach (var product in products)
        {
            var draw = world.Draw(DemoTable.Product, product.Id + 1_000_000_000L);
            var dirt = Dirt.Kind(product.Id - 1, ProductDirtKinds);
            var updated = updatedAt?.Invoke(product) ?? world.Past(ref draw, 150);
            to.Number(product.Id)
                .Text(string.Create(CultureInfo.InvariantCulture, $"{Goods.Departments[product.Goods.DepartmentId - 1].Code}-{product.Id:D7}"))
                .Text(dirt == EanCheckDigit ? Ean13.WithWrongCheckDigit(product.Ean) : product.Ean)
                .Text(product.Name)
                .Text(draw.Percent(30) ? null : $"{product.Brand} {product.Goods.NativeName}")
                .Number(product.Goods.CategoryId).Text(product.Brand)
                .Text(dirt == HsnOfThree ? product.Hsn[..3] : product.Hsn)
                .Money(product.Rate).Text(product.Goods.Uom).Money(product.Mrp)
                .Text(product.Goods.DepartmentId is 3 or 4 ? draw.Of(Colours) : null).Text(product.Goods.DepartmentId == 3 ? product.Variant : null).Text(draw.Of(Origins));
            if (product.Goods.DepartmentId == 1) to.Number(draw.Between(5, 540)); else to.Null();
            to.Flag(!draw.Percent(5));
            to.Text(product.Goods.DepartmentId != 1 || draw.Percent(40) ? null : string.Create(CultureInfo.InvariantCulture,
                $$"""{"veg": {{(draw.Percent(80) ? "true" : "false")}}, "weight_g": {{draw.Between(50, 9_000)}}, "tags": ["नया", "{{product.Brand}}"]}"""));
            to.Date(DemoWorld.InIst(updated).AddDays(-draw.Below(1_200))).Microseconds(updated).EndRow();
        }
    }

    public static void Prices(TabWriter to, DemoWorld world)
    {
        var row = 0L;
        foreach (var product in world.Products)
            for (var group = 0; group <= Store.Groups.Length; group++, row++)
                WritePrice(to, world, product, group, row);
    }

    public static void Stores(TabWriter to, DemoWorld world)
    {
        foreach (var store in world.Stores)
        {
            var draw = world.Draw(DemoTable.Store, store.Id + 1_000_000_000L);
            var updated = world.Past(ref draw, 160);
            to.Number(store.Id).Text(string.Create(CultureInfo.InvariantCulture, $"S{store.Id:D3}"))
                .Text($"{store.Place.City} {draw.Of(People.Streets)}").Text(draw.Of(Formats)).Text(store.Group).Text(store.Gstin)
                .Text(string.Create(CultureInfo.InvariantCulture, $"{draw.Between(1, 300)}, {draw.Of(People.Streets)}"))
                .Text(store.Place.City).Text(store.Place.StateCode).Number(store.Place.PinCode(ref draw))
                .Scaled(store.Place.Latitude + draw.Between(-90_000, 90_000), 6).Scaled(store.Place.Longitude + draw.Between(-90_000, 90_000), 6)
                .Text("+9180" + (40_000_000 + draw.Below(9_999_999)).ToString(CultureInfo.InvariantCulture));
            if (draw.Percent(10)) to.Null(); else to.Number(draw.Between(900, 90_000));
            var closed = draw.Percent(4);
            to.Date(world.IstNow.AddDays(-draw.Between(400, 7_000)));
            if (closed) to.Date(world.IstNow.AddDays(-draw.Between(10, 300))); else to.Null();
            to.Flag(!closed).Microseconds(updated).EndRow();
        }
    }

    public static void Inventory(TabWriter to, DemoWorld world)
    {
        var each = world.Size.Inventory / world.Size.Stores;
        foreach (var store in world.Stores)
            for (var number = 0L; number < each; number++)
            {
                var draw = world.Draw(DemoTable.Inventory, store.Id * 1_000_000L + number);
                var step = (number * world.Size.Products + store.Id * 37L % world.Size.Products) / each;
                var product = world.Products[step];
                var unit = product.Goods.Uom == "KG" ? 50 : 1_000;
                to.Number(store.Id).Number(product.Id).Quantity(draw.Below(400) * unit);
                if (draw.Percent(30)) to.Null(); else to.Quantity(draw.Below(12) * unit);
                to.Quantity(draw.Percent(80) ? 0 : draw.Below(200) * unit).Quantity(draw.Between(5, 40) * unit)
                    .Text(draw.Percent(15) ? null : string.Create(CultureInfo.InvariantCulture, $"{(char)('A' + draw.Below(20))}-{draw.Between(1, 40):D2}-{draw.Between(1, 6)}"));
                if (draw.Percent(25)) to.Null(); else to.Date(world.IstNow.AddDays(-draw.Between(1, 200)));
                to.EndRow();
            }
    }

    private static void WritePrice(TabWriter to, DemoWorld world, Product product, int group, long row)
    {
        var draw = world.Draw(DemoTable.Price, row);
        var coming = group == Store.Groups.Length;
        var today = world.IstNow.Date;
        var promotion = draw.Percent(12);
        var selling = group == 0 ? product.Price : Math.Max(100, product.Price * draw.Between(94, 100) / 10_000 * 100);
        var mrp = Dirt.Kind(row, 1) == 0 ? Math.Max(0, selling - 50) : product.Mrp;
        var updated = world.NotAfterNow(today.AddDays(-draw.Between(1, 120)).AddSeconds(draw.Below(86_400)));
        to.Number(product.Id).Text(Store.Groups[coming ? 0 : group]).Date(coming ? today.AddDays(30) : today.AddDays(-draw.Between(130, 160)));
        if (coming || group != 0) to.Null(); else to.Date(today.AddDays(29));
        to.Money(mrp).Money(selling).Scaled(selling * draw.Between(5_500, 8_500) / 100, 4)
            .Flag(promotion).Text(promotion ? "FESTIVE25" : null).Seconds(updated).EndRow();
    }
}
