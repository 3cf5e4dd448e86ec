using System.CommandLine;

namespace RetailLake.Cli.Commands;

/// <summary>Commands of the 'lake' script around this program: they build and run other programs.</summary>
internal static class ScriptCommands
{
    public static IEnumerable<Command> Create(CommandScope scope)
    {
        yield return Of(scope, "test", "Run the tests. './lake test [filter]'.");
        yield return Of(scope, "bench", "Measure. './lake bench [name]'.");
        yield return Of(scope, "soak", "Run the long tests with full counts. './lake soak [filter]'.");
    }

    private static Command Of(CommandScope scope, string name, string description)
    {
        var command = new Command(name, description);
        command.Arguments.Add(new Argument<string[]>("arguments") { Arity = ArgumentArity.ZeroOrMore });
        command.SetAction(_ =>
        {
            scope.Terminal.Note($"'{name}' builds first: run it through the script, './lake {name}'.");
            return ExitCode.Usage;
        });
        return command;
    }
}
