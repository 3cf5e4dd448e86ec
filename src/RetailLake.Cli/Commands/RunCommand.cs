using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using RetailLake.Local.Running;

namespace RetailLake.Cli.Commands;

internal static class RunCommand
{
    public static Command Create(CommandScope scope)
    {
        var machine = new Argument<string>("machine") { Description = "Name of a state machine, e.g. crm-ingest.", HelpName = "STATE-MACHINE" };
        var input = new Option<string?>("--input") { Description = "JSON, or @file.", HelpName = "JSON|@FILE" };
        var name = new Option<string?>("--name") { Description = "Name of the execution; default: made of the time.", HelpName = "NAME" };
        var command = new Command("run", "Start one execution of a state machine and wait for its end.") { machine, input, name };
        command.SetAction((parsed, stop) => scope.WithHostAsync(
            parsed, HostMode.Working,
            host => RunAsync(scope.Terminal, host, parsed.GetRequiredValue(machine), parsed.GetValue(input), parsed.GetValue(name), CommandScope.WantsJson(parsed), stop), stop));
        return command;
    }

    private static async Task<int> RunAsync(Terminal terminal, LakeHost host, string machine, string? input, string? name, bool json, CancellationToken stop)
    {
        var arn = await host.Executions.StartAsync(machine, name ?? host.NewExecutionName(), Json(terminal, input ?? "{}"));
        var over = await host.Executions.WaitAsync(arn, stop);
        return ExecutionScreens.Ended(terminal, host.Executions.Show(over.Arn), json);
    }

    /// <summary>JSON given on the command line or in a file.</summary>
    internal static string Json(Terminal terminal, string input)
    {
        var text = input.StartsWith('@') ? ReadFile(terminal.Resolve(input[1..])) : input;
        try
        {
            return JsonNode.Parse(text)?.ToJsonString() ?? "null";
        }
        catch (JsonException e)
        {
            throw new CommandRefusedException($"Found an input that is not JSON: {e.Message}", "Nothing was started.", "Correct it, or name a file with @.");
        }
    }

    internal static string ReadFile(string path) => File.Exists(path) ? File.ReadAllText(path)
        : throw new CommandRefusedException($"Found no file '{path}'.", "Nothing was started.", "Correct the path.");
}
