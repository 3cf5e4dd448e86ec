using System.Globalization;
using RetailLake.Core.Contracts;
using RetailLake.Core.Warehouse;

namespace RetailLake.Core.Export;

/// <summary>Reads one sequence of the outbox: its rows as text, its figures.</summary>
internal sealed class ManthanQuery(Contract contract, ManthanSpec manthan, SqlDialect sql, long sequence)
{
    public const char Delimiter = '|';

    // Manthan reads no quotes and no escapes: what would break a line becomes a space, and is counted.
    private const string Breaking = "'|' || CHR(13) || CHR(10)";

    private readonly ContractTable table = contract.Tables.First(candidate => candidate.Name == manthan.Table);

    private string Source => $"{sql.OpsTable(TableShape.OutboxName(contract, manthan))} WHERE {sql.Quote(LoadTable.Sequence)} = {sequence.ToString(CultureInfo.InvariantCulture)}";

    /// <param name="op">U = published, D = gone.</param>
    public string Rows(string op) =>
        sql.InOrder(
            string.Join(", ", manthan.Columns.Select(name => $"{Field(table.Column(name))} AS {sql.Quote("f_" + name)}")),
            string.Join(", ", manthan.Columns.Union(table.Key).Select(sql.Quote)),
            $"{Source} AND {sql.Quote(LoadTable.Op)} = '{op}'",
            string.Join(", ", table.Key.Select(sql.Quote)));

    /// <summary>Published, gone, characters replaced, first and last business date, then the totals.</summary>
    public string Figures()
    {
        var published = $"{sql.Quote(LoadTable.Op)} = 'U'";
        var replaced = manthan.Columns.Select(table.Column).Where(IsText).Select(column => sql.Quote(column.Name)).Select(text =>
            $"COALESCE(SUM(LENGTH({text}) - LENGTH(REPLACE(REPLACE(REPLACE({text}, '|', ''), CHR(13), ''), CHR(10), ''))), 0)");
        List<string> figures =
        [
            $"COALESCE(SUM(CASE WHEN {published} THEN 1 ELSE 0 END), 0)", $"COALESCE(SUM(CASE WHEN {published} THEN 0 ELSE 1 END), 0)",
            $"CAST({string.Join(" + ", replaced.DefaultIfEmpty("0"))} AS BIGINT)",
            $"CAST(MIN(CASE WHEN {published} THEN {BusinessDate()} END) AS VARCHAR(10))", $"CAST(MAX(CASE WHEN {published} THEN {BusinessDate()} END) AS VARCHAR(10))",
            .. manthan.Totals.Select(name => $"COALESCE(SUM(CASE WHEN {published} THEN {sql.Quote(name)} END), 0)"),
        ];
        return $"SELECT {string.Join(", ", figures)} FROM {Source}";
    }

    private string Field(ContractColumn column)
    {
        var name = sql.Quote(column.Name);
        return IsText(column) ? $"TRANSLATE({name}, {Breaking}, '   ')" : column.Type.Kind switch
        {
            ColumnKind.Timestamp => sql.TimestampText(name, column.Type.Scale > 0),
            ColumnKind.Boolean => $"CASE WHEN {name} THEN 'true' WHEN NOT {name} THEN 'false' END",
            _ => $"CAST({name} AS VARCHAR(64))",
        };
    }

    /// <summary>A timestamp is UTC here; its business date is India's.</summary>
    private string BusinessDate() => manthan.BusinessDate is not { } name ? "CAST(NULL AS DATE)"
        : table.Column(name).Type.Kind == ColumnKind.Timestamp
            ? string.Create(CultureInfo.InvariantCulture, $"CAST({sql.Quote(name)} + INTERVAL '{ManthanNames.India.TotalMinutes} minutes' AS DATE)")
            : sql.Quote(name);

    private static bool IsText(ContractColumn column) =>
        column.Personal || column.Type.Kind is ColumnKind.Text or ColumnKind.Json or ColumnKind.Binary;
}
