using RetailLake.Core.Contracts;

namespace RetailLake.Tests.Warehouse;

/// <summary>Contracts as the contract reader would make them.</summary>
internal static class Samples
{
    /// <summary>One table, windows, a personal column, a soft-delete column.</summary>
    public static Contract Customer(DeletePolicy deletes = DeletePolicy.Soft) => Of("crm", "customer", ExtractMode.Window, deletes, new ContractTable
    {
        Name = "customer",
        SourceName = "Customer",
        Key = ["id"],
        CursorColumn = "updated_at",
        SoftDeleteColumn = deletes == DeletePolicy.Soft ? "deleted_at" : null,
        DistKey = "id",
        SortKey = ["updated_at"],
        Columns =
        [
            Column("id", ColumnKind.Int64, "bigint"),
            Column("mobile", ColumnKind.Text, "varchar(20)") with { Personal = true },
            Column("points", ColumnKind.Int32, "int") with { ControlTotal = true },
            Column("city", ColumnKind.Text, "varchar(40)"),
            Column("updated_at", ColumnKind.Timestamp, "datetime(6)"),
            Column("deleted_at", ColumnKind.Timestamp, "datetime(6)"),
        ],
    });

    /// <summary>A bill with lines and payments; lines have a key of their own and may move to another bill.</summary>
    public static Contract Order(DeletePolicy deletes = DeletePolicy.Sweep) => Of("oms", "order", ExtractMode.Window, deletes,
        new ContractTable
        {
            Name = "order",
            SourceName = "orders",
            Key = ["order_id"],
            CursorColumn = "updated_at",
            SoftDeleteColumn = deletes == DeletePolicy.Soft ? "is_deleted" : null,
            DistKey = "order_id",
            SortKey = ["business_date"],
            Columns =
            [
                Column("order_id", ColumnKind.Int64, "bigint"),
                Column("business_date", ColumnKind.Date, "date"),
                Column("amount", ColumnKind.Decimal, "decimal(12,2)") with { ControlTotal = true },
                Column("updated_at", ColumnKind.Timestamp, "datetime(6)"),
                Column("is_deleted", ColumnKind.Boolean, "tinyint(1)"),
            ],
        },
        new ContractTable
        {
            Name = "order_line",
            SourceName = "order_lines",
            Key = ["line_id"],
            ParentKey = ["order_id"],
            DistKey = "order_id",
            Columns =
            [
                Column("line_id", ColumnKind.Int64, "bigint"),
                Column("order_id", ColumnKind.Int64, "bigint"),
                Column("item", ColumnKind.Text, "varchar(60)"),
                Column("quantity", ColumnKind.Decimal, "decimal(12,3)") with { ControlTotal = true },
                Column("net", ColumnKind.Decimal, "decimal(12,2)") with { ControlTotal = true },
            ],
        },
        new ContractTable
        {
            Name = "payment",
            SourceName = "payments",
            Key = ["order_id", "payment_no"],
            ParentKey = ["order_id"],
            DistKey = "order_id",
            Columns =
            [
                Column("order_id", ColumnKind.Int64, "bigint"),
                Column("payment_no", ColumnKind.Int32, "int"),
                Column("paid", ColumnKind.Decimal, "decimal(12,2)") with { ControlTotal = true },
            ],
        }) with
    {
        Manthan = new()
        {
            Subject = "SALES",
            Table = "order_line",
            Columns = ["order_id", "line_id", "item", "quantity", "net"],
            Totals = ["quantity", "net"],
        },
    };

    /// <summary>A whole table each time.</summary>
    public static Contract Store() => Of("erp", "store", ExtractMode.Snapshot, DeletePolicy.Sweep, new ContractTable
    {
        Name = "store",
        SourceName = "stores",
        Key = ["store_code"],
        Columns =
        [
            Column("store_code", ColumnKind.Text, "varchar(10)"),
            Column("name", ColumnKind.Text, "varchar(80)"),
            Column("opened", ColumnKind.Date, "date"),
            Column("area", ColumnKind.Double, "double"),
            Column("tags", ColumnKind.Json, "json"),
            Column("geo", ColumnKind.Binary, "varbinary(25)"),
            Column("opens", ColumnKind.Time, "time"),
        ],
    });

    public static ContractColumn Column(string name, ColumnKind kind, string sourceType) => new()
    {
        Name = name,
        SourceName = name,
        Type = new(kind, sourceType)
        {
            Precision = kind == ColumnKind.Decimal ? 12 : 0,
            Scale = sourceType.EndsWith(",3)", StringComparison.Ordinal) ? 3 : kind == ColumnKind.Decimal ? 2 : kind == ColumnKind.Timestamp ? 6 : 0,
            MaxBytes = kind is ColumnKind.Text or ColumnKind.Json or ColumnKind.Binary ? 160 : 0,
        },
    };

    private static Contract Of(string source, string feed, ExtractMode mode, DeletePolicy deletes, params ContractTable[] tables) => new()
    {
        Id = $"{source}.{feed}",
        Source = source,
        Feed = feed,
        Version = "1.0.0",
        Sha256 = new('a', 64),
        Server = new("mysql", "localhost", 3306, source, $"sources/{source}"),
        Extract = new() { Mode = mode, Deletes = deletes },
        Tables = tables,
    };
}
