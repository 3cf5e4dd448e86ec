using System.CommandLine;
using RetailLake.Local.DuckDb;
using RetailLake.Local.Running;

namespace RetailLake.Cli;

/// <summary>Options that every command takes; the environment gives their defaults.</summary>
/// <remarks>An option keeps every tree it was added to, and <c>lake up</c> makes a tree for each command it is sent: so each tree has options of its own, found by name.</remarks>
internal sealed class GlobalOptions(Func<string, string?> variable)
{
    public const string Json = "--json";

    private const string Home = "--home";
    private const string App = "--app";
    private const string Memory = "--memory";

    private static readonly string[] Elsewhere = ["LAKE_URI", "WAREHOUSE_URI", "CATALOG_URI"];

    public static void AddTo(RootCommand root)
    {
        root.Options.Add(new Option<string?>(Home) { Description = "Folder of this lake (LAKE_HOME; default .lake).", Recursive = true, HelpName = "DIR" });
        root.Options.Add(new Option<string?>(App) { Description = "Folder of template.yaml (LAKE_APP; default: here or above).", Recursive = true, HelpName = "DIR" });
        root.Options.Add(new Option<string?>(Memory) { Description = $"Memory limit of DuckDB (default {DuckDbOptions.DefaultMemoryLimit}).", Recursive = true, HelpName = "SIZE" });
        root.Options.Add(new Option<bool>(Json) { Description = "Answer in JSON, and nothing else on standard output.", Recursive = true });
    }

    /// <exception cref="CommandRefusedException">The environment names another lake, warehouse or catalog.</exception>
    public HostOptions Read(ParseResult parsed, Terminal terminal)
    {
        RefuseElsewhere();
        var app = AppFolder.Find(parsed.GetValue<string?>(App) ?? variable("LAKE_APP"), terminal.Folder);
        return new()
        {
            App = app,
            Home = new(terminal.Resolve(parsed.GetValue<string?>(Home) ?? variable("LAKE_HOME") ?? ".lake")),
            ContractFolders = [Path.Combine(app, "contracts"), .. (variable("LAKE_CONTRACTS") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Select(terminal.Resolve)],
            SecretsUri = variable("SECRETS_URI"),
            MemoryLimit = parsed.GetValue<string?>(Memory) ?? DuckDbOptions.DefaultMemoryLimit,
        };
    }

    /// <summary>Whoever sets one of these believes that it counts.</summary>
    private void RefuseElsewhere()
    {
        foreach (var name in Elsewhere)
        {
            if (variable(name) is { Length: > 0 })
            {
                throw new CommandRefusedException(
                    $"Found {name} set, which only the functions read; 'lake' keeps lake, warehouse and catalog in the folder of --home.",
                    "Nothing was started, read or written.",
                    $"Unset {name}. Against AWS the functions run deployed, or by 'sam local invoke' (docs/deploy.md).");
            }
        }
    }
}
