using RetailLake.Local.Running;

namespace RetailLake.Cli.Commands;

/// <summary>Executions on the terminal and in JSON.</summary>
internal static class ExecutionScreens
{
    public static int List(Terminal terminal, IReadOnlyList<ExecutionLine> executions, bool json)
    {
        if (json)
        {
            terminal.WriteJson(new { Executions = executions });
            return ExitCode.Ok;
        }

        var table = Tables.New(terminal, "execution", "status", "started", "seconds#", "redrives#", "error");
        foreach (var execution in executions)
        {
            table.Row(
                $"{execution.Machine}/{execution.Name}", execution.Status, At(execution.Started),
                execution.Stopped is { } stopped ? Tables.Seconds(stopped - execution.Started) : "", execution.RedriveCount == 0 ? "" : Tables.Count(execution.RedriveCount), execution.Error);
        }

        terminal.Console.Write(table);
        if (executions.Count == 0)
        {
            terminal.Note("No execution yet. Start one: lake ingest <source>.");
        }

        return ExitCode.Ok;
    }

    public static void Show(Terminal terminal, ExecutionReport report, bool withEvents, bool json)
    {
        if (json)
        {
            terminal.WriteJson(report);
            return;
        }

        var summary = report.Summary;
        terminal.Line($"{summary.Machine}/{summary.Name}  {summary.Status}  started {At(summary.Started)}{(summary.Stopped is { } end ? $", took {Tables.Seconds(end - summary.Started)} s" : "")}");
        terminal.Line($"input   {report.Input}");
        if (report.Output is not null)
        {
            terminal.Line($"output  {report.Output}");
        }

        var table = Tables.New(terminal, "state", "type", "entered", "seconds#", "attempts#", "error");
        foreach (var visit in report.States)
        {
            table.Row(
                visit.State, visit.Type, At(visit.Entered), visit.Exited is { } exited ? Tables.Seconds(exited - visit.Entered) : "", Tables.Count(visit.Attempts), visit.Error);
        }

        terminal.Console.Write(table);
        foreach (var child in report.Children)
        {
            terminal.Line($"child   {child.Name}  {child.Status}  {child.Error}  {ExecutionCause.Text(child.Cause)}");
        }

        if (withEvents)
        {
            foreach (var line in report.Events)
            {
                terminal.Line($"{line.Id,6}  {At(line.At)}  {line.Type}  {line.State}  {line.Error}");
            }
        }

        Advise(terminal, report);
    }

    /// <summary>The end of an execution somebody waited for.</summary>
    public static int Ended(Terminal terminal, ExecutionReport report, bool json)
    {
        Show(terminal, report, withEvents: false, json);
        return report.Summary.Succeeded ? ExitCode.Ok : ExitCode.Failed;
    }

    private static void Advise(Terminal terminal, ExecutionReport report)
    {
        var summary = report.Summary;
        if (summary.Error is not null)
        {
            terminal.Line($"error   {summary.Error}: {ExecutionCause.Text(summary.Cause)}");
        }

        if (report.RedriveStatus == "REDRIVABLE")
        {
            terminal.Line($"redrive lake redrive {summary.Machine}/{summary.Name}   (the stored plan is used again)");
        }
        else if (summary.IsOver && !summary.Succeeded)
        {
            terminal.Line($"redrive not possible: {report.RedriveStatusReason}");
        }
    }

    private static string At(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
