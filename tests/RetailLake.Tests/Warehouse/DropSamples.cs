using RetailLake.Core.Contracts;

namespace RetailLake.Tests.Warehouse;

/// <summary>Contracts of feeds of files, as the contract reader would make them.</summary>
internal static class DropSamples
{
    /// <summary>One table, rows by key.</summary>
    public static Contract Price(bool softDelete = false, bool named = false) => Of("gp", "price", DropScope.Rows, [], new ContractTable
    {
        Name = "price",
        SourceName = "price",
        Key = ["sku"],
        SoftDeleteColumn = softDelete ? "gone" : null,
        Columns =
        [
            Samples.Column("sku", ColumnKind.Int32, "int"),
            Samples.Column("amount", ColumnKind.Decimal, "decimal(12,2)") with { ControlTotal = true },
            Samples.Column("gone", ColumnKind.Boolean, "boolean") with { From = named ? new(FieldScope.FileName, "gone") : null },
        ],
    });

    /// <summary>A bill with lines and payments; neither key tells the file or the day, so that bills can move.</summary>
    /// <param name="isTold">Shop and day stand in the header.</param>
    public static Contract Bill(DropScope scope, bool isTold = false) => Of("crt", "bill", scope, scope == DropScope.Columns ? ["store", "day"] : [],
        new ContractTable
        {
            Name = "bill",
            SourceName = "bill",
            Key = ["no"],
            Columns = [Samples.Column("no", ColumnKind.Int32, "int"), .. Scope(isTold), Samples.Column("amount", ColumnKind.Decimal, "decimal(12,2)") with { ControlTotal = true }],
        },
        new ContractTable
        {
            Name = "line",
            SourceName = "line",
            Key = ["no", "line"],
            ParentKey = ["no"],
            Columns = [Samples.Column("no", ColumnKind.Int32, "int"), Samples.Column("line", ColumnKind.Int32, "int"), .. Scope(isTold), Samples.Column("net", ColumnKind.Decimal, "decimal(12,2)") with { ControlTotal = true }],
        },
        new ContractTable
        {
            Name = "tender",
            SourceName = "tender",
            Key = ["tender"],
            ParentKey = ["no"],
            Columns = [Samples.Column("tender", ColumnKind.Int32, "int"), Samples.Column("no", ColumnKind.Int32, "int"), .. Scope(isTold), Samples.Column("paid", ColumnKind.Decimal, "decimal(12,2)") with { ControlTotal = true }],
        }) with
    {
        Manthan = new() { Subject = "SALES", Table = "line", Columns = ["no", "line", "net"], Totals = ["net"] },
    };

    private static ContractColumn[] Scope(bool isTold) =>
    [
        Samples.Column("store", ColumnKind.Text, "varchar(10)") with { Required = true, From = isTold ? new(FieldScope.Header, Position: 2) : null },
        Samples.Column("day", ColumnKind.Date, "date") with { Required = true, From = isTold ? new(FieldScope.Header, Position: 3) : null },
    ];

    private static Contract Of(string source, string feed, DropScope scope, IReadOnlyList<string> columns, params ContractTable[] tables) => new()
    {
        Id = $"{source}.{feed}",
        Source = source,
        Feed = feed,
        Version = "1.0.0",
        Sha256 = new('a', 64),
        Server = new("s3", null, null, "", ""),
        Extract = new() { Mode = ExtractMode.Snapshot },
        Drop = new() { Format = DropFormat.Delimited, Delimited = new(), Replaces = scope, ReplacesColumns = columns, SliceBytes = tables.Length == 1 ? 45 : 400 },
        Tables = tables,
    };
}
