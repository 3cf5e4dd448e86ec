using System.Globalization;
using RetailLake.Core.Warehouse;
using RetailLake.Local.Running;

namespace RetailLake.Cli.Commands;

/// <summary>Units that wait for rows: what came, what is missing, since when, and from when on they are overdue.</summary>
internal static class HeldScreen
{
    /// <param name="withOrigins">Also topic, partition and offset of what came.</param>
    public static void Show(Terminal terminal, IReadOnlyList<HeldReport> reports, bool withOrigins)
    {
        if (reports.Any(report => report.Units.Count > 0))
        {
            var table = Tables.New(terminal, ["feed", "held unit", "missing", "came", "held since", "overdue", .. withOrigins ? ["from"] : Array.Empty<string>()]);
            foreach (var unit in reports.SelectMany(report => report.Units))
            {
                table.Row([
                    unit.Contract, Key(unit), Missing(unit), string.Join(", ", unit.Parts.Where(part => part.Held > 0).Select(part => $"{part.Table} {Tables.Count(part.Held)}")),
                    At(unit.Since), $"{(unit.IsOverdue ? "since" : "at")} {At(unit.OverdueAt)}", .. withOrigins ? [Origins(unit)] : Array.Empty<string>()]);
            }

            terminal.Console.Write(table);
        }

        foreach (var report in reports)
        {
            terminal.Note(Note(report));
        }
    }

    private static string Note(HeldReport report)
    {
        if (report.Waiting is not { } waiting)
        {
            return $"{report.Contract}: what is held cannot be told before its tables have the contract's columns; the next ingest adds them.";
        }

        var more = waiting - report.Units.Count;
        var rest = more <= 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" {Tables.Count(report.Units.Count)} that wait longest and {Tables.Count(more)} more: lake quarantine show {report.Contract} --limit {waiting}");
        return $"{report.Contract}: {Tables.Count(waiting)} held unit(s), {Tables.Count(report.Overdue ?? 0)} of them overdue; they are published when their missing rows come.{rest}";
    }

    /// <summary>Personal columns of a key are not among what is told.</summary>
    private static string Key(HeldUnit unit) =>
        unit.Key.Count == 0 ? "(its key is personal)" : string.Join(", ", unit.Key.Select(pair => $"{pair.Key}={DropsCommand.Plain(pair.Value ?? "")}"));

    private static string Missing(HeldUnit unit)
    {
        var header = $"header {unit.Parts[0].Table}";
        return unit.Header switch
        {
            HeldHeader.Missing => header,
            HeldHeader.Deleted => $"another {header}: it was deleted, and newer rows came",
            _ => string.Join(", ", unit.Parts.Where(part => part.Missing is not (null or 0)).Select(part => part.Missing > 0
                ? $"{Tables.Count(part.Missing.Value)} of {Tables.Count(part.Expected!.Value)} {part.Table}"
                : $"newer {header}: {Tables.Count(part.There)} {part.Table} instead of {Tables.Count(part.Expected!.Value)}")),
        };
    }

    private static string Origins(HeldUnit unit) => string.Join(", ", unit.Parts.SelectMany(part => part.Origins.Select(from =>
        $"{part.Table}: {(from.Topic is { } topic ? $"{topic}-{from.Partition}" : "unknown partition")} @ {from.First.Text}{(from.First == from.Last ? "" : $" to {from.Last.Text}")}")));

    private static string At(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
