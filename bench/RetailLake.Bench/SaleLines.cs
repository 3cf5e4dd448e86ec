using System.Globalization;
using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Lake;
using RetailLake.Core.Rows.Landing;
using RetailLake.Core.Runs;

namespace RetailLake.Bench;

/// <summary>POS sale lines as a till's database holds them: 17 columns, about 165 bytes a row, one row in a hundred bad.</summary>
internal static class SaleLines
{
    public static IReadOnlyList<ContractColumn> Columns { get; } =
    [
        Column("line_id", "bigint", ColumnKind.Int64),
        Column("store_id", "int", ColumnKind.Int32, new ColumnRule("minimum", "1")),
        Column("till_no", "int", ColumnKind.Int32, new ColumnRule("minimum", "1"), new ColumnRule("maximum", "99")),
        Column("bill_no", "varchar(20)", ColumnKind.Text, new ColumnRule("minLength", "6"), new ColumnRule("maxLength", "16")),
        Column("ean", "varchar(13)", ColumnKind.Text, new ColumnRule("ean13")),
        Column("item_name", "varchar(60)", ColumnKind.Text, new ColumnRule("maxLength", "60")),
        Column("hsn", "varchar(8)", ColumnKind.Text, new ColumnRule("hsn")),
        Column("tender", "varchar(10)", ColumnKind.Text, new ColumnRule("values", Values: ["CASH", "CARD", "UPI", "WALLET"])),
        Column("line_no", "int", ColumnKind.Int32, new ColumnRule("minimum", "1")),
        Money("qty", 3, new ColumnRule("exclusiveMinimum", "0")),
        Money("mrp", 2, new ColumnRule("minimum", "0")),
        Money("price", 2, new ColumnRule("minimum", "0"), new ColumnRule("atMost", "mrp")),
        Money("discount", 2, new ColumnRule("minimum", "0")),
        Money("tax", 2, new ColumnRule("minimum", "0")),
        Money("amount", 2) with { ControlTotal = true },
        Time("sold_at"),
        Time("updated_at"),
    ];

    public static Contract Contract() => new()
    {
        Id = "pos.sale",
        Source = "pos",
        Feed = "sale",
        Version = "1.0.0",
        Sha256 = "00",
        Server = new SourceServer("mysql", null, null, "pos", "sources/pos"),
        Extract = new ExtractSpec { Mode = ExtractMode.Snapshot },
        Tables = [new ContractTable { Name = "sale_line", SourceName = "sale_line", Columns = Columns, Key = ["line_id"] }],
    };

    /// <summary>The same rows as drops of a till program: separated by commas, without a header.</summary>
    public static Contract FlatContract(long sliceBytes) => Contract() with
    {
        Drop = new DropSpec { Format = DropFormat.Delimited, Delimited = new DelimitedLayout(Header: false), SliceBytes = sliceBytes },
        Tables =
        [
            new ContractTable
            {
                Name = "sale_line", SourceName = "sale_line", Key = ["line_id"],
                Columns = [.. Columns.Select((column, index) => column with { From = new FieldSource(FieldScope.Record, null, index + 1) })],
            },
        ],
    };

    /// <returns>Rows written.</returns>
    public static long WriteFlat(Stream drop, int megabytes, int seed)
    {
        var random = new Random(seed);
        var (rows, written) = (0, 0L);
        while (written < megabytes * 1_000_000L)
        {
            var line = Encoding.UTF8.GetBytes(string.Join(',', Row(rows++, random)) + "\n");
            drop.Write(line);
            written += line.Length;
        }

        return rows;
    }

    public static async Task<LandedTable> LandAsync(FileSystemLake lake, RunKeys keys, int rows)
    {
        await using var writer = await lake.CreateAsync(keys.LandingObject(1, "a", "sale_line.txt.zst"), default);
        await using var text = new TabWriter(writer.Stream);
        var random = new Random(17);
        for (var row = 0; row < rows; row++)
        {
            foreach (var field in Row(row, random))
            {
                text.WriteField(Encoding.UTF8.GetBytes(field));
            }

            text.EndRow();
        }

        await text.CompleteAsync(default);
        return new LandedTable("sale_line", "mysql-tab", await writer.CommitAsync(default), text.Rows);
    }

    public static async Task<string> PlainTextAsync(FileSystemLake lake, LandedTable landed, string folder)
    {
        var path = Path.Join(folder, "plain.txt");
        if (!File.Exists(path))
        {
            await using var stored = await lake.OpenVerifiedAsync(landed.ListedObject, default);
            await using var text = LandingCompression.Decompress(stored);
            await using var plain = File.Create(path);
            await text.CopyToAsync(plain);
        }

        return path;
    }

    private static string[] Row(int row, Random random)
    {
        var quantity = random.Next(1, 6);
        var mrp = random.Next(1000, 500_000);
        var price = row % 100 == 99 ? mrp + 1 : mrp - random.Next(0, 1000);
        var amount = (long)price * quantity;
        var seconds = random.Next(0, 86_400);
        var at = string.Create(CultureInfo.InvariantCulture, $"2026-11-{1 + (row % 28):D2} {seconds / 3600:D2}:{seconds / 60 % 60:D2}:{seconds % 60:D2}");
        return
        [
            Text(5_000_000_000 + row), Text(random.Next(1, 400)), Text(random.Next(1, 12)), $"B{row / 5:D9}", Ean(random.Next(0, 50_000)),
            $"Item number {random.Next(0, 50_000)} of the season", "61091000", Tenders[random.Next(4)], Text(1 + (row % 5)), $"{quantity}.000", Rupees(mrp),
            Rupees(price), Rupees(random.Next(0, 5000)), Rupees(amount * 5 / 105), Rupees(amount), at, at,
        ];
    }

    private static readonly string[] Tenders = ["CASH", "CARD", "UPI", "WALLET"];

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Rupees(long paise) => string.Create(CultureInfo.InvariantCulture, $"{paise / 100}.{paise % 100:D2}");

    private static string Ean(int item)
    {
        var digits = string.Create(CultureInfo.InvariantCulture, $"8901234{item:D5}");
        var sum = digits.Select((digit, index) => (digit - '0') * (index % 2 == 0 ? 1 : 3)).Sum();
        return digits + Text((10 - (sum % 10)) % 10);
    }

    private static ContractColumn Column(string name, string sourceType, ColumnKind kind, params ColumnRule[] rules) => new()
    {
        Name = name,
        SourceName = name,
        Type = new ColumnType(kind, sourceType) { MaxBytes = 240 },
        Required = true,
        Rules = rules,
    };

    private static ContractColumn Money(string name, int scale, params ColumnRule[] rules) => Column(name, $"decimal(14,{scale})", ColumnKind.Decimal, rules) with
    {
        Type = new ColumnType(ColumnKind.Decimal, $"decimal(14,{scale})") { Precision = 14, Scale = scale },
    };

    private static ContractColumn Time(string name) => Column(name, "datetime", ColumnKind.Timestamp) with
    {
        Type = new ColumnType(ColumnKind.Timestamp, "datetime") { Zone = "Asia/Kolkata" },
    };
}
