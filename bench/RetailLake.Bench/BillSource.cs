using System.Text.Json.Nodes;
using MySqlConnector;
using RetailLake.Core.Contracts;
using RetailLake.Local.Demo;
using RetailLake.Local.Home;
using RetailLake.Local.Running;
using RetailLake.Local.Servers;

namespace RetailLake.Bench;

/// <summary>A private MariaDB that holds the demo's <c>oms</c>, and homes that know its login.</summary>
internal sealed class BillSource(MariaDbServer server) : IAsyncDisposable
{
    public const string Lines = "sales_order_line";

    public static string App { get; } = AppFolder.Find(null, AppContext.BaseDirectory);

    /// <summary>The contract of bills cut down to its lines: one table of 18 columns, read whole.</summary>
    public static Contract LinesContract(int sliceRows = 500_000)
    {
        var bills = HostContracts.Load([Path.Join(App, "contracts")]).Get("oms.order");
        return bills with
        {
            Id = "oms.order_line",
            Feed = "order_line",
            Extract = new ExtractSpec { Mode = ExtractMode.Snapshot, SliceRows = sliceRows },
            Manthan = null,
            Tables = [bills.Tables.Single(table => table.Name == Lines) with { ParentKey = [] }],
        };
    }

    public static async Task<BillSource> StartAsync(string folder) =>
        new(await MariaDbServer.StartAsync(new MariaDbOptions { DataDir = Path.Join(folder, "mariadb"), InnodbBufferPoolMb = 512 }));

    /// <summary>Makes the database anew.</summary>
    /// <param name="withBills">Also the bills and payments that the lines belong to.</param>
    public async Task FillAsync(long lines, bool withBills)
    {
        await using (var admin = await DemoSql.OpenAsync(server.AdminConnectionString, "", default))
        {
            await admin.ExecuteAsync("DROP DATABASE IF EXISTS oms; CREATE DATABASE oms", default);
        }

        var world = new DemoWorld(1, DemoSize.Of(lines, 1), TimeProvider.System.GetUtcNow());
        await using var sql = await DemoSql.OpenAsync(server.AdminConnectionString, DemoCatalog.Oms, default);
        await sql.ExecuteAsync(DemoCatalog.Script(DemoCatalog.Oms), default);
        await sql.ExecuteAsync("SET unique_checks = 0, foreign_key_checks = 0, check_constraint_checks = 0", default);
        foreach (var rows in DemoRows.All(world).Where(rows => rows.Database == DemoCatalog.Oms && (withBills || rows.Table == Lines)))
        {
            await BulkLoad.RunAsync(sql, rows, default);
        }

        await sql.ExecuteAsync(DemoCatalog.Script("oms.indexes"), default);
    }

    public LakeHome NewHome(string folder)
    {
        var login = server.Reader();
        var home = new LakeHome(folder).Create();
        SecretsFile.Set(home, [KeyValuePair.Create<string, JsonNode?>("sources/oms", new JsonObject
        {
            ["host"] = login.Server, ["port"] = server.Port, ["username"] = login.UserID, ["password"] = login.Password, ["sslMode"] = "None",
        })]);
        return home;
    }

    /// <summary>What any reader pays: MySqlConnector's loop over the same columns, no value looked at.</summary>
    public async Task<long> ReadBareAsync(ContractTable table)
    {
        await using var connection = new MySqlConnection(server.Reader(DemoCatalog.Oms).ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
#pragma warning disable CA2100 // Names of the contract.
        await using var command = new MySqlCommand($"SELECT {string.Join(", ", table.Columns.Select(column => $"`{column.SourceName}`"))} FROM `{table.SourceName}`", connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
        return await Task.Run(() =>
        {
            var rows = 0L;
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                rows++;
            }

            return rows;
        });
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
