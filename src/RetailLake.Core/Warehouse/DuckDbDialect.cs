using System.Globalization;
using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;

namespace RetailLake.Core.Warehouse;

/// <summary>DuckDB's SQL. Text only, so it lives beside Redshift's and is compared with it in tests.</summary>
public sealed class DuckDbDialect : SqlDialect
{
    /// <summary>Of Parquet; a few seconds of a topic.</summary>
    private const long CopiedBytes = 4 * 1024 * 1024;

    public override string Name => "duckdb";

    public override string ExistingColumns =>
        "SELECT table_schema, table_name, column_name, data_type FROM information_schema.columns WHERE table_catalog = current_database()";

    protected override string Double => "DOUBLE";

    public override string Varchar(int bytes) => "VARCHAR";

    public override string TableAttributes(ContractTable table) => "";

    // Two transactions that update one row conflict, also when the other has committed after this one's snapshot: just what a lock must refuse.
    public override string Lock(string source, string feed, string execution) =>
        $"UPDATE {OpsTable("contract_lock")} SET {Quote("holder")} = {Text(execution)}, {Quote("taken")} = {Quote("taken")} + 1 WHERE {Quote("contract")} = {Text($"{source}.{feed}")}";

    public override IReadOnlyList<string> LockObjects(string source, string feed)
    {
        var contract = Text($"{source}.{feed}");
        return
        [
            $"INSERT INTO {OpsTable("contract_lock")} ({Quote("contract")}, {Quote("taken")}) SELECT {contract}, 0 " +
            $"WHERE NOT EXISTS (SELECT 1 FROM {OpsTable("contract_lock")} WHERE {Quote("contract")} = {contract})",
        ];
    }

    // A view, not a copy, where there is much: the files are immutable and their length is checked; a copy costs 2 s per 5 M rows, and what a transaction has
    // just written has no statistics, so that the joins after it ran out of memory. Where there is little, each of the load's questions would open and decode the files again.
    // By name: a file whose columns differ is refused.
    // Keys hold 'run=…': unless told otherwise DuckDB takes that for a partition column.
    public override IReadOnlyList<string> Stage(string stage, IReadOnlyList<ContractColumn> columns, string attributes, CopyFiles? files) => files is null
        ? [EmptyStage(stage, columns, attributes)]
        : [
            $"CREATE TEMP {(files.Files.Sum(file => file.Bytes) <= CopiedBytes ? "TABLE" : "VIEW")} {stage} AS\nSELECT {string.Join(", ", columns.Select(column => $"CAST({Quote(column.Name)} AS {TypeOf(column)}) AS {Quote(column.Name)}"))}\n" +
            $"FROM read_parquet({List(files)}, hive_partitioning = false)",
        ];

    // read_blob without its content column asks the file system for the size only.
    public override string? LengthCheck(string hop, CopyFiles files)
    {
        ArgumentNullException.ThrowIfNull(files);
        return $"SELECT {Hop(hop)}, {Number(files.Files.Sum(file => file.Bytes))} AS expected, " +
            $"(SELECT CAST(SUM(size) AS DECIMAL(38,6)) FROM read_blob({List(files)})) AS found";
    }

    public override string Assert(string checks) =>
        "SELECT COUNT(CASE WHEN c.expected IS DISTINCT FROM c.found THEN error('" + LoadErrors.Mark +
        " \"' || c.hop || '\": expected ' || COALESCE(CAST(c.expected AS VARCHAR), 'null') || ', found ' || COALESCE(CAST(c.found AS VARCHAR), 'null')) END) " +
        $"FROM (\n{checks}\n) c";

    public override string TimestampText(string expression, bool fraction) => $"STRFTIME({expression}, '%Y-%m-%dT%H:%M:%S{(fraction ? ".%f" : "")}Z')";

    // Sorts the typed columns and not their texts, which need several times the memory; DuckDB keeps the order of a sort through a projection.
    public override string InOrder(string expressions, string columns, string from, string order) => $"SELECT {expressions}\nFROM (SELECT {columns} FROM {from} ORDER BY {order})";

    public override string? Widen(string table, string column, string from, string to) =>
        (from, to) is ("INTEGER", "BIGINT") ? $"ALTER TABLE {table} ALTER COLUMN {column} SET DATA TYPE {to}" : null;

    private string List(CopyFiles files) => "[" + string.Join(", ", files.Files.Select(file => Text(Literal(file.Location)))) + "]";

    /// <summary>DuckDB takes '*', '?' and '[' in a path for a pattern and would read other files.</summary>
    private static string Literal(string path) => path.AsSpan().IndexOfAny('*', '?', '[') < 0 ? path : throw new LoadFailedException(
        string.Create(CultureInfo.InvariantCulture, $"Found the file '{path}'; DuckDB reads '*', '?' and '[' as a pattern."),
        "Nothing was loaded.",
        "Move LAKE_HOME to a folder without these characters.");
}
