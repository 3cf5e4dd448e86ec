using System.CommandLine;
using RetailLake.Local.Isolated;

namespace RetailLake.Cli.Commands;

/// <summary>Not for people: a process that serves one function of a package through the Lambda Runtime API.</summary>
internal static class FunctionProcessCommand
{
    public const string Name = "function-process";

    public static Command Create()
    {
        var command = new Command(Name, "Serves the function that the environment names through the Lambda Runtime API.") { Hidden = true };
        command.SetAction((_, stop) => FunctionProcess.RunAsync(Environment.GetEnvironmentVariable, stop));
        return command;
    }
}
