using System.CommandLine;
using System.Globalization;
using RetailLake.Local.Kafka;
using RetailLake.Local.Running;

namespace RetailLake.Cli.Commands;

/// <summary>Topics, partition by partition: how far they have landed and loaded, what lags, what is missing, and since when nothing came.</summary>
internal static class StreamsCommand
{
    public static Command Create(CommandScope scope)
    {
        var feed = new Argument<string?>("feed") { Description = "Only this source or feed, e.g. pos or pos/bill.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("streams", "Topics: positions, lag, gaps, silence; fails when one is lost.") { feed };
        command.SetAction((parsed, stop) => scope.WithHostAsync(parsed, HostMode.Reading, async host =>
            Show(scope.Terminal, await host.StreamReports.ListAsync(parsed.GetValue(feed), stop), host.Options.Time.GetUtcNow(), CommandScope.WantsJson(parsed)), stop));
        return command;
    }

    private static int Show(Terminal terminal, IReadOnlyList<StreamReport> reports, DateTimeOffset now, bool json)
    {
        if (json)
        {
            terminal.WriteJson(new { Partitions = reports });
        }
        else
        {
            var table = Tables.New(terminal, "feed", "topic", "partition#", "broker#", "landed#", "loaded#", "lag#", "pending#", "gaps#", "last record");
            foreach (var report in reports)
            {
                table.Row(
                    report.Contract, report.Topic, Tables.Count(report.Partition), report.High is { } high ? Tables.Count(high) : "", Tables.Count(report.Landed + 1), Tables.Count(report.Loaded + 1),
                    report.Lag is { } lag ? Tables.Count(lag) : "", Tables.Count(report.Pending), Tables.Count(report.Gaps), report.LastRecordAt is { } at ? Ago(now - at) : "");
            }

            terminal.Console.Write(table);
            foreach (var lost in reports.Where(report => report.Lost is not null))
            {
                terminal.Line($"{lost.Contract}: {lost.Lost}");
            }
        }

        return reports.All(report => report.Lost is null) ? ExitCode.Ok : ExitCode.Failed;
    }

    private static string Ago(TimeSpan age) => age < TimeSpan.FromSeconds(1) ? "now" : string.Create(CultureInfo.InvariantCulture, $"{(age.TotalHours >= 1 ? $"{age.TotalHours:N1} h" : age.TotalMinutes >= 1 ? $"{age.TotalMinutes:N1} min" : $"{age.TotalSeconds:N0} s")} ago");
}
