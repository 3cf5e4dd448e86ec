using System.CommandLine;
using RetailLake.Local.Kafka;

namespace RetailLake.Cli.Commands;

/// <summary>A Kafka broker in memory, in a process of its own.</summary>
internal static class BrokerCommand
{
    public static Command Create(CommandScope scope)
    {
        var port = new Option<int>("--port") { Description = "Port on 127.0.0.1; 0 takes a free one.", DefaultValueFactory = _ => 9092 };
        var command = new Command("broker", "A Kafka broker in memory on 127.0.0.1, for one machine: topics of four partitions, 5 MB each, gone when it ends.") { port };
        command.SetAction((parsed, stop) => RunAsync(scope.Terminal, parsed.GetValue(port), stop));
        return command;
    }

    private static async Task<int> RunAsync(Terminal terminal, int port, CancellationToken stop)
    {
        await using var broker = KafkaBroker.Start(port, terminal.Note);
        terminal.Line($"{BrokerProcess.Listening}{broker.Bootstrap} (in memory; Ctrl-C ends it)");
        await terminal.Out.FlushAsync(CancellationToken.None);
        var stopped = new TaskCompletionSource();
        await using var registration = stop.Register(stopped.SetResult);
        await stopped.Task;
        return ExitCode.Ok;
    }
}
