namespace RetailLake.Bench;

/// <summary>The statements that keep the last event of each key.</summary>
internal static class EventConversion
{
    private const string Row = "STRUCT(id BIGINT, customer_id BIGINT, store_id INTEGER, kind VARCHAR, points INTEGER, amount VARCHAR, \"at\" BIGINT, note VARCHAR)";
    private const string Event = $"\"before\": '{Row}', \"after\": '{Row}', source: 'STRUCT(file VARCHAR, pos BIGINT, \"row\" INTEGER)', op: 'VARCHAR'";

    /// <summary>From the events as lines of JSON.</summary>
    public static string OfLines(string lines, string parquet, bool withSchema)
    {
        var columns = withSchema ? $"payload: 'STRUCT(\"before\" {Row}, \"after\" {Row}, source STRUCT(file VARCHAR, pos BIGINT, \"row\" INTEGER), op VARCHAR)'" : Event;
        var from = $"read_json('{lines}', format = 'newline_delimited', columns = {{{columns}}})";
        return $"""
            COPY (
                SELECT r.id, r.customer_id, r.store_id, r.kind, r.points, CAST(r.amount AS DECIMAL(12,2)) AS amount, make_timestamp(r."at" * 1000) AS "at", r.note
                FROM (SELECT arg_max(e.op, v) AS op, arg_max(e."after", v) AS r
                      FROM (SELECT e, (CAST(regexp_extract(e.source.file, '[0-9]+$') AS BIGINT) << 32) + e.source.pos AS v, COALESCE(e."after".id, e."before".id) AS id
                            FROM (SELECT {(withSchema ? "payload" : "struct_pack(\"before\", \"after\", source, op)")} AS e FROM {from}))
                      GROUP BY id)
                WHERE op <> 'd'
            ) TO '{parquet}' (FORMAT parquet, COMPRESSION snappy);
            """;
    }

    /// <summary>From what TransformSlice wrote.</summary>
    public static string OfCurated(IReadOnlyList<string> files, string parquet) => $"""
        COPY (
            SELECT r.id, r.customer_id, r.store_id, r.kind, r.points, r.amount, r."at", r.note
            FROM (SELECT arg_max(t, (t._version, t._drop, t._file)) AS r FROM read_parquet([{string.Join(", ", files.Select(file => $"'{file}'"))}]) t GROUP BY t.id)
            WHERE r._change = 0
        ) TO '{parquet}' (FORMAT parquet, COMPRESSION snappy);
        """;
}
