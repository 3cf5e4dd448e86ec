namespace RetailLake.Local.Demo;

/// <summary>What order lines and prices need to know of a product; money in paise.</summary>
internal sealed record Product(int Id, Goods Goods, string Name, string Brand, string Variant, string Ean, string Hsn, int Rate, long Mrp, long Price)
{
    public static Product[] All(ulong seed, int count)
    {
        var all = new Product[count];
        for (var index = 0; index < count; index++)
            all[index] = Of(seed, index);
        return all;
    }

    public static Product Of(ulong seed, int index)
    {
        var draw = new Draw(seed, DemoTable.Product, index);
        var goods = draw.Of(Goods.All);
        var brand = draw.Of(goods.Brands);
        var variant = draw.Of(goods.Variants);
        // Squared, so that cheap goods are common and dear ones rare; ends in 9 as price tags do.
        var share = draw.Below(1_000);
        var rupees = goods.LowRupees + (long)(goods.HighRupees - goods.LowRupees) * share * share / 1_000_000;
        var price = (rupees < 30 ? rupees : rupees / 10 * 10 + 9) * 100;
        var mrp = (price / 100 + price / 100 * draw.Below(30) / 100) * 100;
        var ean = Ean13.Of(index + 1L + draw.Below(9) * 100_000_000L);
        return new Product(index + 1, goods, $"{brand} {goods.Name} {variant}", brand, variant, ean, goods.Hsn, goods.Rate(price), mrp, price);
    }
}
