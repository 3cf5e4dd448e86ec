namespace RetailLake.Sources.MySql;

/// <summary>What is read of one table: its columns in landing order, and which rows.</summary>
internal sealed record TableRead(SourceTable Table, IReadOnlyList<SourceColumn> Columns, SqlText From, string Order, string Format, bool WithSums)
{
    public static TableRead OfRows(SourceTable table, Selection selection) =>
        new(table, table.Columns, selection.Of(table), selection.OrderOf(table), "mysql-tab", WithSums: true);

    public static TableRead OfKeys(SourceTable parent) =>
        new(parent, [.. parent.Key], $"FROM {parent.QuotedName} t", "", "mysql-keys", WithSums: false);

    public SqlText Totals() =>
        From.Wrap($"SELECT COUNT(*){string.Concat(Columns.Where(column => WithSums && column.Contract.ControlTotal).Select(column => $", CAST(SUM(t.{column.Quoted}) AS CHAR)"))} ");

    public SqlText Rows() => From.Wrap($"SELECT {string.Join(", ", Columns.Select(column => LandingText.Of(column)))} ", Order);
}
