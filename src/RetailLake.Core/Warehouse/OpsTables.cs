namespace RetailLake.Core.Warehouse;

/// <summary>RetailLake's own tables, schema <c>ops</c>.</summary>
internal static class OpsTables
{
    /// <summary>Each row of the source is in exactly one of these, by count and by control total.</summary>
    public static readonly IReadOnlyList<string> Hops =
    [
        "source", "landed", "valid", "rejected", "staged", "inserted", "replaced", "superseded", "duplicate", "held", "deleted", "swept", "published",
    ];

    public const string Ledger = "load_ledger";
    public const string Balance = "load_balance";
    public const string ExportLedger = "export_ledger";
    public const string Drops = "drop_ledger";
    public const string Streams = "stream_ledger";
    public const string Positions = "stream_position";

    public static IReadOnlyList<TableShape> All(SqlDialect sql) =>
    [
        // One row per load, written last in the load's own transaction: it is there exactly when the rows are.
        new(SqlDialect.Ops, Ledger,
        [
            new("work_id", sql.Varchar(512), true), new("contract", sql.Varchar(256), true), new("source_name", sql.Varchar(128)), new("feed", sql.Varchar(128)),
            new("execution", sql.Varchar(256), true), new("ordinal", "BIGINT", true), new("contract_version", sql.Varchar(64)), new("contract_sha256", sql.Varchar(64)),
            new("mode", sql.Varchar(16), true), new("window_lo", "TIMESTAMP"), new("window_hi", "TIMESTAMP"), new("window_proof", sql.Varchar(64)),
            new("outcome", sql.Varchar(16), true), .. Hops.Select(hop => new ColumnShape(hop, "BIGINT")),
            new("export_sequence", "BIGINT"), new("loaded_at", "TIMESTAMP", true),
        ]),

        // One row per load, table and measure; the measure is 'rows' or a control-total column.
        new(SqlDialect.Ops, Balance,
        [
            new("work_id", sql.Varchar(512), true), new("execution", sql.Varchar(256), true), new("contract", sql.Varchar(256), true),
            new("table_name", sql.Varchar(128), true), new("measure", sql.Varchar(128), true), .. Hops.Select(hop => new ColumnShape(hop, "DECIMAL(38,6)")),
        ]),

        // One row per export, written by the load as 'pending', then built, then delivered.
        new(SqlDialect.Ops, ExportLedger,
        [
            new("contract", sql.Varchar(256), true), new("subject", sql.Varchar(128), true), new("sequence", "BIGINT", true), new("work_id", sql.Varchar(512), true),
            new("execution", sql.Varchar(256), true), new("state", sql.Varchar(16), true), new("row_count", "BIGINT"), new("deleted_count", "BIGINT"),
            new("file", sql.Varchar(256)), new("bytes", "BIGINT"), new("sha256", sql.Varchar(64)), new("built_at", "TIMESTAMP"),
            new("target", sql.Varchar(512)), new("delivered_by", sql.Varchar(256)), new("delivered_at", "TIMESTAMP"), new("deliveries", "BIGINT"),
        ]),

        new(SqlDialect.Ops, "curated_partition",
        [
            new("contract", sql.Varchar(256), true), new("source_name", sql.Varchar(128), true), new("table_name", sql.Varchar(128), true),
            new("execution", sql.Varchar(256), true), new("location", sql.Varchar(1024), true), new("files", sql.Varchar(65_535)),
            new("row_count", "BIGINT"), new("registered_at", "TIMESTAMP", true),
        ]),

        // One row for each drop that a load has taken; written in that load's transaction. A release adds a row 'released' with the next number (none
        // counts as 0), and the load that takes it one more: nothing here is ever changed. Names and messages are data of the sender.
        new(SqlDialect.Ops, Drops,
        [
            new("contract", sql.Varchar(256), true), new("work_id", sql.Varchar(512), true), new("execution", sql.Varchar(256)), new("loaded_at", "TIMESTAMP", true),
            .. DropStage.Columns.Select(column => new ColumnShape(column.Name, sql.TypeOf(column), column.Name == "drop_id")), new("released_by", sql.Varchar(256)),
        ]),

        // One row for each load and partition of a topic, written in that load's transaction and never changed: the highest next_offset is the position.
        // From loaded_at and the times of events follows how late rows became queryable.
        new(SqlDialect.Ops, Streams,
        [
            new("contract", sql.Varchar(256), true), new("work_id", sql.Varchar(512), true), new("execution", sql.Varchar(256), true), new("topic", sql.Varchar(249), true),
            new("partition", "BIGINT", true), new("from_offset", "BIGINT"), new("first_offset", "BIGINT", true), new("last_offset", "BIGINT", true),
            new("next_offset", "BIGINT", true), new("records", "BIGINT", true), new("skipped_records", "BIGINT", true), new("gaps", "BIGINT", true),
            new("first_event_at", "TIMESTAMP"), new("last_event_at", "TIMESTAMP"), new("loaded_at", "TIMESTAMP", true),
        ]),

        // DuckDB's lock rows; Redshift locks a table per contract.
        new(SqlDialect.Ops, "contract_lock", [new("contract", sql.Varchar(256), true), new("holder", sql.Varchar(256)), new("taken", "BIGINT", true)]),
    ];
}
