using System.CommandLine;
using System.Globalization;
using RetailLake.Local.Running;

namespace RetailLake.Cli.Commands;

/// <summary>Files that landed or were uploaded and are not loaded, with the reason. Looks only.</summary>
internal static class DropsCommand
{
    public static Command Create(CommandScope scope)
    {
        var source = new Argument<string?>("source") { Description = "Only this source's.", HelpName = "SOURCE", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("drops", "Files under drops/ that are not loaded yet: landed, waiting, refused, and why.") { source };
        command.SetAction((parsed, stop) => scope.WithHostAsync(
            parsed, HostMode.Reading, host => RunAsync(scope.Terminal, host, parsed.GetValue(source), CommandScope.WantsJson(parsed), stop), stop));
        return command;
    }

    private static async Task<int> RunAsync(Terminal terminal, LakeHost host, string? source, bool json, CancellationToken stop)
    {
        var files = await host.PendingFiles.ListAsync(source, stop);
        if (json)
        {
            terminal.WriteJson(new { Files = files });
            return ExitCode.Ok;
        }

        var table = Tables.New(terminal, "contract", "file", "state", "why", "landed at");
        foreach (var file in files)
        {
            table.Row(file.Contract, file.Name, file.State, file.Why, file.LandedAt?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        }

        terminal.Console.Write(table);
        return ExitCode.Ok;
    }
}
