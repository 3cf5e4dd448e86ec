using System.CommandLine;
using RetailLake.Local.Running;

namespace RetailLake.Cli.Commands;

internal static class SqlCommand
{
    public static Command Create(CommandScope scope)
    {
        var query = new Argument<string>("query") { Description = "One statement of DuckDB's SQL, e.g. \"SELECT * FROM crm.customer LIMIT 5\"." };
        var format = new Option<string>("--format") { Description = "table, csv or json.", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "csv", "json");
        var write = new Option<bool>("--write") { Description = "Allow the statement to change the warehouse; without it the transaction is read-only." };
        var limit = new Option<int>("--limit") { Description = "Rows shown as a table; csv and json show all.", DefaultValueFactory = _ => 1000 };
        var command = new Command("sql", "Query the warehouse, read-only.") { query, format, write, limit };
        command.SetAction((parsed, stop) => scope.WithHostAsync(parsed, HostMode.Reading, host =>
        {
            var wanted = CommandScope.WantsJson(parsed) ? "json" : parsed.GetRequiredValue(format);
            return host.Sql.QueryAsync(
                parsed.GetRequiredValue(query), parsed.GetValue(write),
                reader => SqlOutput.WriteAsync(scope.Terminal, reader, wanted, parsed.GetValue(limit), stop), stop);
        }, stop));
        return command;
    }
}
