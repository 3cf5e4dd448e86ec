namespace RetailLake.Local.Demo;

/// <summary>A city with its GST state code, the first digits of its PIN codes and where it lies, in millionths of a degree.</summary>
internal sealed record Place(string City, string StateCode, int PinBase, int Latitude, int Longitude)
{
    public static readonly Place[] All =
    [
        new("Mumbai", "27", 400_001, 19_076_000, 72_877_000),
        new("Pune", "27", 411_001, 18_520_000, 73_856_000),
        new("Nagpur", "27", 440_001, 21_145_000, 79_088_000),
        new("Bengaluru", "29", 560_001, 12_971_000, 77_594_000),
        new("Mysuru", "29", 570_001, 12_295_000, 76_639_000),
        new("Chennai", "33", 600_001, 13_082_000, 80_270_000),
        new("Coimbatore", "33", 641_001, 11_016_000, 76_955_000),
        new("Hyderabad", "36", 500_001, 17_385_000, 78_486_000),
        new("Visakhapatnam", "37", 530_001, 17_686_000, 83_218_000),
        new("Kochi", "32", 682_001, 9_931_000, 76_267_000),
        new("New Delhi", "07", 110_001, 28_613_000, 77_209_000),
        new("Gurugram", "06", 122_001, 28_459_000, 77_026_000),
        new("Noida", "09", 201_301, 28_535_000, 77_391_000),
        new("Lucknow", "09", 226_001, 26_846_000, 80_946_000),
        new("Jaipur", "08", 302_001, 26_912_000, 75_787_000),
        new("Ahmedabad", "24", 380_001, 23_022_000, 72_571_000),
        new("Surat", "24", 395_001, 21_170_000, 72_831_000),
        new("Kolkata", "19", 700_001, 22_572_000, 88_363_000),
        new("Bhubaneswar", "21", 751_001, 20_296_000, 85_824_000),
        new("Guwahati", "18", 781_001, 26_144_000, 91_736_000),
        new("Chandigarh", "04", 160_001, 30_733_000, 76_779_000),
        new("Indore", "23", 452_001, 22_719_000, 75_857_000),
    ];

    public int PinCode(ref Draw draw) => PinBase + draw.Below(60);
}
