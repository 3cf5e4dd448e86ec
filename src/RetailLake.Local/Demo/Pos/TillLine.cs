using RetailLake.Local.Demo.Files;

namespace RetailLake.Local.Demo.Pos;

/// <summary>One position of a till's bill. Prices hold their tax; a line that was keyed and taken back has no amount.</summary>
internal sealed class TillLine
{
    private const long Thousand = 1_000;

    public TillLine(FileWorld world, int index, TillBillKind kind, ref Draw draw)
    {
        Article = draw.Of(world.Articles);
        var product = Article.Product;
        var pieces = Article.IsWeighed ? draw.Between(100, 2_500) : draw.Between(1, 3) * Thousand;
        Quantity = kind == TillBillKind.Return ? -pieces : pieces;
        IsVoided = index > 0 && draw.Percent(2);
        Gross = IsVoided ? 0 : Rounded(product.Price * Quantity, Thousand);
        Discount = draw.Percent(10) ? Rounded(Gross * draw.Between(5, 20), 100) : 0;
        Tax = Rounded(Amount * product.Rate, 10_000 + product.Rate);
    }

    public Article Article { get; }

    public long Quantity { get; }

    public long Gross { get; }

    public long Discount { get; }

    public long Tax { get; }

    public long Amount => Gross - Discount;

    public bool IsVoided { get; }

    /// <summary>Halves away from zero.</summary>
    private static long Rounded(long value, long divisor) => (value + (Math.Sign(value) * divisor / 2)) / divisor;
}
