namespace RetailLake.Local.Demo;

/// <summary>A leaf category: what its products are called, taxed and sold for. Rates are GST's since 22 September 2025, in basis points.</summary>
internal sealed record Goods(
    int CategoryId, int DepartmentId, string Name, string NativeName, string Hsn, int RateBasisPoints, int LowRupees, int HighRupees, string Uom,
    string[] Brands, string[] Variants)
{
    // Apparel and footwear: 5 % up to Rs 2,500 a piece, 18 % above.
    private const int ByPiecePrice = -1;
    private const long PiecePriceLimitPaise = 2_500_00;

    private static readonly string[] Staples = ["Tata Sampann", "Aashirvaad", "Fortune", "Daawat", "House of Harvest"];
    private static readonly string[] Snacks = ["Haldiram's", "Britannia", "Parle", "Bikano", "Nestlé"];
    private static readonly string[] Care = ["Himalaya", "Dabur", "Godrej", "Patanjali", "Mamaearth"];
    private static readonly string[] Wear = ["FabIndia", "Biba", "Manyavar", "Raymond", "Avaasa"];
    private static readonly string[] Devices = ["Samsung", "Voltas", "boAt", "Lava", "Havells"];
    private static readonly string[] Kitchen = ["Prestige", "Hawkins", "Milton", "Borosil"];
    private static readonly string[] Packs = ["200 g", "500 g", "1 kg", "5 kg"];
    private static readonly string[] Bottles = ["100 ml", "250 ml", "750 ml"];
    private static readonly string[] Sizes = ["S", "M", "L", "XL", "XXL"];
    private static readonly string[] ShoeSizes = ["6", "7", "8", "9", "10"];
    private static readonly string[] Models = ["Lite", "Pro", "Max", "Neo"];
    private static readonly string[] Loose = ["loose", "Grade A"];
    private static readonly string[] Paper = ["Classmate", "Navneet", "Camlin"];
    private static readonly string[] Pages = ["76 pages", "172 pages", "240 pages"];
    private static readonly string[] Jewels = ["Tanishq", "MMTC-PAMP", "Kalyan"];
    private static readonly string[] Grams = ["1 g", "2 g", "5 g", "8 g"];

    public static readonly (int Id, string Code, string Name, string NativeName)[] Departments =
    [
        (1, "GROC", "Grocery", "किराना"), (2, "CARE", "Personal care", "निजी देखभाल"), (3, "FASH", "Fashion", "फ़ैशन"),
        (4, "ELEC", "Electronics", "इलेक्ट्रॉनिक्स"), (5, "HOME", "Home", "घर"), (6, "JEWL", "Jewellery", "आभूषण"),
    ];

    public static readonly Goods[] All =
    [
        new(101, 1, "Basmati Rice", "बासमती चावल", "10063020", 500, 90, 900, "EA", Staples, Packs),
        new(102, 1, "Whole Wheat Atta", "गेहूँ का आटा", "11010000", 500, 45, 420, "EA", Staples, Packs),
        new(103, 1, "Toor Dal", "तूर दाल", "07136000", 500, 80, 350, "EA", Staples, Packs),
        new(104, 1, "Fresh Vegetables", "ताज़ी सब्ज़ियाँ", "07099990", 0, 25, 180, "KG", Staples, Loose),
        new(105, 1, "UHT Milk", "दूध", "04012000", 0, 28, 80, "EA", Snacks, Bottles),
        new(106, 1, "Cow Ghee", "गाय का घी", "04059020", 500, 120, 780, "EA", Staples, Packs),
        new(107, 1, "Biscuits", "बिस्कुट", "19053100", 500, 20, 160, "EA", Snacks, Packs),
        new(108, 1, "Namkeen", "नमकीन", "21069099", 500, 25, 240, "EA", Snacks, Packs),
        new(109, 1, "Aerated Drink", "शीतल पेय", "22021010", 4000, 20, 110, "EA", Snacks, Bottles),
        new(110, 1, "Assam Tea", "असम चाय", "09023020", 500, 90, 640, "EA", Snacks, Packs),
        new(201, 2, "Bath Soap", "साबुन", "34011190", 500, 25, 190, "EA", Care, Packs),
        new(202, 2, "Shampoo", "शैम्पू", "33051090", 500, 60, 480, "EA", Care, Bottles),
        new(203, 2, "Detergent", "डिटर्जेंट", "34025000", 1800, 60, 620, "EA", Care, Packs),
        new(301, 3, "Cotton Kurta", "सूती कुर्ता", "62114290", ByPiecePrice, 499, 3_999, "EA", Wear, Sizes),
        new(302, 3, "Silk Saree", "रेशमी साड़ी", "50072010", 500, 1_499, 14_999, "EA", Wear, Models),
        new(303, 3, "Formal Shirt", "कमीज़", "62052000", ByPiecePrice, 699, 3_499, "EA", Wear, Sizes),
        new(304, 3, "Leather Shoes", "जूते", "64039990", ByPiecePrice, 999, 5_999, "PR", Wear, ShoeSizes),
        new(401, 4, "Smartphone", "स्मार्टफ़ोन", "85171300", 1800, 7_999, 59_999, "EA", Devices, Models),
        new(402, 4, "LED TV", "एलईडी टीवी", "85287219", 1800, 11_999, 79_999, "EA", Devices, Models),
        new(403, 4, "Earphones", "ईयरफ़ोन", "85183000", 1800, 399, 4_999, "EA", Devices, Models),
        new(501, 5, "Pressure Cooker", "प्रेशर कुकर", "76151021", 500, 899, 4_500, "EA", Kitchen, Models),
        new(502, 5, "Notebook", "कॉपी", "48202000", 0, 30, 180, "EA", Paper, Pages),
        new(601, 6, "Gold Coin", "सोने का सिक्का", "71189000", 300, 7_500, 95_000, "EA", Jewels, Grams),
    ];

    public int Rate(long unitPricePaise) =>
        RateBasisPoints != ByPiecePrice ? RateBasisPoints : unitPricePaise * 100 / 105 <= PiecePriceLimitPaise ? 500 : 1800;
}
