using System.CommandLine;
using System.Text;
using RetailLake.Local.Running;

namespace RetailLake.Cli.Commands;

/// <summary>As <c>sam local invoke</c>: one function, one event.</summary>
internal static class InvokeCommand
{
    public static Command Create(CommandScope scope)
    {
        var function = new Argument<string>("function") { Description = "Logical id or name, e.g. PlanIngest or PlanIngestFunction.", HelpName = "FUNCTION" };
        var @event = new Option<string?>("--event", "-e") { Description = "File with the event; default: an empty object.", HelpName = "FILE" };
        var command = new Command("invoke", "Invoke one function with an event and print its answer.") { function, @event };
        command.SetAction((parsed, stop) => scope.WithHostAsync(
            parsed, HostMode.Working, host => RunAsync(scope.Terminal, host, parsed.GetRequiredValue(function), parsed.GetValue(@event), stop), stop));
        return command;
    }

    private static async Task<int> RunAsync(Terminal terminal, LakeHost host, string function, string? file, CancellationToken stop)
    {
        var payload = file is null ? "{}" : RunCommand.Json(terminal, $"@{file}");
        var result = await host.Functions.InvokeAsync(function, Encoding.UTF8.GetBytes(payload), stop);
        terminal.Line(Encoding.UTF8.GetString(result.Payload));
        terminal.Note($"{host.Functions.Find(function).LogicalId}  {result.RequestId}  {result.Duration.TotalMilliseconds:N0} ms{(result.Error is null ? "" : "  FunctionError: Unhandled")}");
        return result.Error is null ? ExitCode.Ok : ExitCode.Failed;
    }
}
