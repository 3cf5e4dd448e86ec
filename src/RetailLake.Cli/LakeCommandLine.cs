using System.CommandLine;
using RetailLake.Cli.Commands;
using RetailLake.Core.Errors;
using RetailLake.Local.Running;

namespace RetailLake.Cli;

/// <summary>The command line: what it knows, and what a failure is worth.</summary>
internal static class LakeCommandLine
{
    /// <param name="running">The host of this process when the command was forwarded to it; null: the command looks for the owner itself.</param>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Terminal terminal, LakeHost? running, CancellationToken cancellationToken)
    {
        var parsed = Create(new(terminal, running, arguments)).Parse(arguments);
        var invocation = new InvocationConfiguration { Output = terminal.Out, Error = terminal.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                terminal.Note(error.Message);
            }

            terminal.Note("");
            Create(new(terminal, running, arguments)).Parse([.. Path(parsed), "--help"]).Invoke(new() { Output = terminal.Error });
            return ExitCode.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(invocation, cancellationToken);
        }
        catch (LakeException e)
        {
            return Failures.Report(terminal, parsed, e);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            terminal.Note("Stopped. Executions that were running go on from their journal at the next start.");
            return ExitCode.Failed;
        }
    }

    /// <summary>Names of the command that was understood so far, without the root's.</summary>
    private static Stack<string> Path(ParseResult parsed)
    {
        var names = new Stack<string>();
        for (var command = parsed.CommandResult; command.Parent is System.CommandLine.Parsing.CommandResult parent; command = parent)
        {
            names.Push(command.Command.Name);
        }

        return names;
    }

    internal static RootCommand Create(CommandScope scope)
    {
        var root = new RootCommand("RetailLake on one machine: the same template.yaml, state machines and functions as on AWS.");
        GlobalOptions.AddTo(root);
        root.Subcommands.Add(DemoCommand.Create(scope));
        root.Subcommands.Add(UpCommand.Create(scope));
        root.Subcommands.Add(IngestCommand.Create(scope));
        root.Subcommands.Add(RunCommand.Create(scope));
        root.Subcommands.Add(ExecutionsCommand.Create(scope));
        root.Subcommands.Add(RedriveCommand.Create(scope));
        root.Subcommands.Add(RerunCommand.Create(scope));
        root.Subcommands.Add(InvokeCommand.Create(scope));
        root.Subcommands.Add(SqlCommand.Create(scope));
        root.Subcommands.Add(LedgerCommand.Create(scope));
        root.Subcommands.Add(DropsCommand.Create(scope));
        root.Subcommands.Add(StreamsCommand.Create(scope));
        root.Subcommands.Add(QuarantineCommand.Create(scope));
        root.Subcommands.Add(BrokerCommand.Create(scope));
        root.Subcommands.Add(ContractCommand.Create(scope));
        root.Subcommands.Add(EstimateCommand.Create(scope));
        root.Subcommands.Add(FunctionProcessCommand.Create());
        UnknownOptions.Refuse(root);
        foreach (var command in ScriptCommands.Create(scope))
        {
            root.Subcommands.Add(command);
        }

        return root;
    }
}
