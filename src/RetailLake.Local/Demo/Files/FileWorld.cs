using System.Text;

namespace RetailLake.Local.Demo.Files;

/// <summary>What all generated files share: the demo's own shops and articles, with their texts encoded once.</summary>
internal sealed class FileWorld
{
    public FileWorld(int seed, long orderLines, int stores)
    {
        var size = new DemoSize { OrderLines = orderLines, Orders = 0 };
        Seed = (ulong)seed;
        Articles = [.. Product.All(Seed, size.Products).Select(product => new Article(product))];
        Stores = Store.All(Seed, size.Stores)[..stores];
    }

    public ulong Seed { get; }

    public Article[] Articles { get; }

    public Store[] Stores { get; }
}

/// <summary>A product as the files write it.</summary>
internal sealed class Article(Product product)
{
    public Product Product => product;

    public byte[] Ean { get; } = Encoding.ASCII.GetBytes(product.Ean);

    public byte[] Hsn { get; } = Encoding.ASCII.GetBytes(product.Hsn);

    public byte[] Uom { get; } = Encoding.ASCII.GetBytes(product.Goods.Uom);

    public FileText Name { get; } = new(product.Name);

    public FileText NativeName { get; } = new(product.Goods.NativeName);

    public bool IsWeighed => product.Goods.Uom == "KG";
}
