using System.CommandLine;
using RetailLake.Core.Contracts;
using RetailLake.Core.Warehouse;
using RetailLake.Local.Running;

namespace RetailLake.Cli.Commands;

/// <summary>Contracts need no home: they are files.</summary>
internal static class ContractCommand
{
    public static Command Create(CommandScope scope)
    {
        var command = new Command("contract", "Check contracts, see the DDL that follows from them, draft new ones.");
        command.Subcommands.Add(Check(scope));
        command.Subcommands.Add(Ddl(scope));
        command.Subcommands.Add(ContractNewCommand.Create(scope));
        return command;
    }

    private static Command Check(CommandScope scope)
    {
        var command = new Command("check", "Every problem of every contract at once, with file, line and remedy.");
        command.SetAction(parsed =>
        {
            var loaded = HostContracts.Read(scope.HostOptions(parsed).ContractFolders);
            if (CommandScope.WantsJson(parsed))
            {
                scope.Terminal.WriteJson(new { Contracts = loaded.Contracts.Select(contract => contract.Id), loaded.Problems, loaded.ProblemsLeftOut });
                return loaded.IsClean ? ExitCode.Ok : ExitCode.Refused;
            }

            foreach (var problem in loaded.Problems)
            {
                scope.Terminal.Line(problem.ToString());
            }

            scope.Terminal.Line(loaded.IsClean
                ? $"{loaded.Contracts.Count} contracts, no problem."
                : $"{loaded.Contracts.Count} contracts are right; {loaded.Problems.Count + loaded.ProblemsLeftOut} problems in others.");
            return loaded.IsClean ? ExitCode.Ok : ExitCode.Refused;
        });
        return command;
    }

    private static Command Ddl(CommandScope scope)
    {
        var id = new Argument<string?>("id") { Description = "One contract, e.g. oms.order; default: all.", Arity = ArgumentArity.ZeroOrOne };
        var dialect = new Option<string>("--dialect") { Description = "redshift or duckdb.", DefaultValueFactory = _ => "redshift" };
        dialect.AcceptOnlyFromAmong("redshift", "duckdb");
        var command = new Command("ddl", "The warehouse tables that follow from a contract.") { id, dialect };
        command.SetAction(parsed =>
        {
            var contracts = HostContracts.Load(scope.HostOptions(parsed).ContractFolders);
            IReadOnlyCollection<Contract> wanted = parsed.GetValue(id) is { } one ? [contracts.Get(one)] : contracts.All;
            SqlDialect sql = parsed.GetRequiredValue(dialect) == "duckdb" ? new DuckDbDialect() : new RedshiftDialect("arn:aws:iam::000000000000:role/copy");
            var statements = MigrationScript.For(wanted, sql, []);
            if (CommandScope.WantsJson(parsed))
            {
                scope.Terminal.WriteJson(new { Dialect = sql.Name, Statements = statements });
                return ExitCode.Ok;
            }

            foreach (var statement in statements)
            {
                scope.Terminal.Line($"{statement};");
                scope.Terminal.Line("");
            }

            return ExitCode.Ok;
        });
        return command;
    }
}
