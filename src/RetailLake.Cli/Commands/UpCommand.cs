using System.CommandLine;
using System.Text.Json.Nodes;
using RetailLake.Local.Kafka;
using RetailLake.Local.Running;
using RetailLake.Local.Templates;

namespace RetailLake.Cli.Commands;

/// <summary>Owns the home until Ctrl-C: resumes what was interrupted and fires the schedules.</summary>
internal static class UpCommand
{
    public static Command Create(CommandScope scope)
    {
        var command = new Command("up", "Stay up: resume what was interrupted, read the topics, fire the schedules, take commands. Ctrl-C ends it.");
        var kafka = new KafkaSettings(takesLogin: true);
        kafka.AddTo(command);
        command.SetAction((parsed, stop) => scope.WithHostAsync(parsed, HostMode.Working, host => RunAsync(scope, host, kafka.Read(parsed, scope.Terminal), stop), stop));
        return command;
    }

    public static async Task<int> StayAsync(Terminal terminal, LakeHost host, CancellationToken stop)
    {
        foreach (var (schedule, due) in host.Upcoming().Take(10))
        {
            terminal.Note($"  {due.ToOffset(TimeSpan.FromHours(5.5)):ddd dd MMM HH:mm} IST  {SourceOf(schedule) ?? schedule.Name}");
        }

        terminal.Note("Up. Ctrl-C ends it; running executions go on from their journal at the next start.");
        try
        {
            await host.RunSchedulesAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            terminal.Note("Going down.");
        }

        return ExitCode.Ok;
    }

    private static string? SourceOf(LocalSchedule schedule) =>
        schedule.Input is ['{', ..] input && JsonNode.Parse(input)?["source"] is JsonValue source ? $"ingest {source}" : null;

    private static async Task<int> RunAsync(CommandScope scope, LakeHost host, KafkaOptions kafka, CancellationToken stop)
    {
        if (scope.IsForwarded)
        {
            throw new CommandRefusedException(
                $"Found '{host.Options.Home.Folder}' up already, owned by process {Environment.ProcessId}.", "Nothing was started.", "Use it, or end that process first.");
        }

        scope.Terminal.Note($"Home {host.Options.Home.Folder}: {host.Application.StateMachines.Count} state machines, {host.Contracts.All.Count} contracts. Next:");
        try
        {
            await host.StartStreamsAsync(kafka, scope.Terminal.Note, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            scope.Terminal.Note("Going down.");
            return ExitCode.Ok;
        }

        if (host.Streams is { } streams)
        {
            scope.Terminal.Note($"  Reads {string.Join(", ", StreamTopic.Of(host.Contracts.All).Select(topic => $"'{topic.Topic}'"))} from Kafka at {streams.Bootstrap}{(streams.BrokerProcessId is null ? "" : ", a broker of its own: kcat -b takes this address")}.");
        }

        return await StayAsync(scope.Terminal, host, stop);
    }
}
