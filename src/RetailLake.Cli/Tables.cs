using Spectre.Console;
using Spectre.Console.Rendering;

namespace RetailLake.Cli;

/// <summary>One look for all tables: headed columns, numbers to the right, no box when nobody looks.</summary>
internal static class Tables
{
    /// <param name="columns">A name that ends with '#' is a column of numbers.</param>
    public static Table New(Terminal terminal, params string[] columns)
    {
        var table = new Table { Border = terminal.IsInteractive ? TableBorder.Simple : TableBorder.None };
        foreach (var column in columns)
        {
            var isNumber = column.EndsWith('#');
            var head = new TableColumn(Markup.Escape(column.TrimEnd('#'))) { NoWrap = isNumber };
            table.AddColumn(isNumber ? head.RightAligned() : head);
        }

        return table;
    }

    public static void Row(this Table table, params string?[] cells) => table.AddRow(cells.Select(cell => (IRenderable)new Text(cell ?? "")));

    public static string Count(long value) => value.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);

    public static string Seconds(TimeSpan span) => span.TotalSeconds.ToString("N1", System.Globalization.CultureInfo.InvariantCulture);
}
