using RetailLake.Core.Runs;

namespace RetailLake.Sources.MySql;

/// <summary>Which rows a slice holds, as the FROM … WHERE that count, sums and rows share; the table is always <c>t</c>.</summary>
/// <remarks>
/// A window selects a parent by its own cursor or by that of any child. An OR over both would read everything, so each table is asked
/// through its own index and the keys are united; whole units are then read by key. A row whose cursor is NULL or a zero date would never lie in
/// a window: it is read in each one.
/// </remarks>
internal sealed class Selection
{
    private readonly SourceSchema schema;
    private readonly WorkWindow? window;
    private readonly string? from;
    private readonly string? to;
    private readonly List<(string Name, object Value)> parameters = [];

    public Selection(SourceSchema schema, WorkWindow? window, string? from = null, string? to = null)
    {
        // The first window of a feed of units reads everything there is: uniting all keys would cost more than reading what lies beyond Hi twice.
        (this.schema, this.window) = (schema, window is { Lo: null } && schema.Tables.Count > 1 ? null : window);
        var key = schema.Parent.UnitKey[0];
        this.from = Literal(from, "@from");
        this.to = Literal(to, "@to");

        string? Literal(string? text, string parameter)
        {
            if (text is null)
            {
                return null;
            }

            var (sql, more) = KeyLiteral.Of(key, text, parameter);
            parameters.AddRange(more);
            return sql;
        }
    }

    private bool HasUnits => schema.Tables.Count > 1;

    private bool ChildrenMove => window is not null && schema.Tables.Skip(1).Any(table => table.Cursor is not null);

    /// <summary>The unit keys selected, columns k0, k1, …; each once.</summary>
    public SqlText Keys()
    {
        var parts = schema.Tables.Where(table => table == schema.Parent || (window is not null && table.Cursor is not null)).Select(table =>
            $"SELECT {string.Join(", ", table.UnitKey.Select((column, index) => $"t.{column.Quoted} AS k{index}"))} FROM {table.QuotedName} t{Where(table)}");
        return new(string.Join(" UNION ", parts), parameters);
    }

    public SqlText Of(SourceTable table)
    {
        if (table == schema.Parent ? !ChildrenMove : window is null)
        {
            return new($"FROM {table.QuotedName} t{Where(table)}", parameters);
        }

        var on = string.Join(" AND ", table.UnitKey.Select((column, index) => $"t.{column.Quoted} = s.k{index}"));
        // The range once more, or the optimizer may walk the whole table beside a small selection.
        return Keys().Wrap("FROM (", $") s JOIN {table.QuotedName} t ON {on}{Conditions(Range(table))}");
    }

    /// <summary>Units are read in the order of the parent's key, so that the tables of a feed can be merged; a single table needs no order and pays for none.</summary>
    public string OrderOf(SourceTable table)
    {
        if (!HasUnits)
        {
            return "";
        }

        var terms = table.UnitKey.Concat(table.Key).Select(OrderTerm).Distinct(StringComparer.Ordinal);
        return $" ORDER BY {string.Join(", ", terms)}";
    }

    // The merge compares bytes; a collation or an enum's number would order otherwise.
    private static string OrderTerm(SourceColumn column) => column.Type.Family is TypeFamily.Text or TypeFamily.Choice
        ? $"CAST(CONVERT(t.{column.Quoted} USING utf8mb4) AS BINARY)"
        : $"t.{column.Quoted}";

    private string Where(SourceTable table)
    {
        List<string> terms = [];
        if (window is not null && table.Cursor is { } cursor)
        {
            var (time, name) = (CursorTime.Of(cursor), $"t.{cursor.Quoted}");
            var zero = cursor.Type.Family == TypeFamily.Date ? "0000-00-00" : "0000-00-00 00:00:00";
            var inside = window.Lo is { } lo ? $"({name} >= '{time.Text(lo)}' AND {name} < '{time.Text(window.Hi)}')" : $"{name} < '{time.Text(window.Hi)}'";
            terms.Add($"({inside} OR {name} IS NULL OR {name} = '{zero}')");
        }

        terms.AddRange(Range(table));
        return Conditions(terms);
    }

    private IEnumerable<string> Range(SourceTable table)
    {
        var key = $"t.{table.UnitKey[0].Quoted}";
        if (from is not null)
        {
            yield return $"{key} >= {from}";
        }

        if (to is not null)
        {
            yield return $"{key} < {to}";
        }
    }

    private static string Conditions(IEnumerable<string> terms) => string.Join(" AND ", terms) is { Length: > 0 } all ? " WHERE " + all : "";
}
