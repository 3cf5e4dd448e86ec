namespace RetailLake.Local.Demo;

/// <summary>Paise and thousandths of a unit.</summary>
internal struct OrderLine
{
    public Product Product;
    public long Quantity;
    public long Discount;
    public long Taxable;
    public long HalfTax;
    public long Igst;
    public bool IsPromotion;

    public readonly long Net => Taxable + 2 * HalfTax + Igst;

    public void Make(Product product, bool withinState, ref Draw draw)
    {
        Product = product;
        Quantity = product.Goods.Uom == "KG" ? draw.Between(5, 60) * 50 : product.Price > 500_000 ? 1_000 : draw.Between(1, 4) * 1_000;
        IsPromotion = draw.Percent(20);
        var gross = (product.Price * Quantity + 500) / 1_000;
        Discount = IsPromotion ? gross * draw.Between(5, 25) / 100 : 0;
        // Prices include the tax, and each half is rounded to paise: so the net may differ by a paisa, which the bill's round-off takes up.
        Taxable = RoundedShare(gross - Discount, 10_000, 10_000 + product.Rate);
        HalfTax = withinState ? RoundedShare(Taxable, product.Rate, 20_000) : 0;
        Igst = withinState ? 0 : RoundedShare(Taxable, product.Rate, 10_000);
    }

    private static long RoundedShare(long value, long part, long whole) => (2 * value * part + whole) / (2 * whole);
}
