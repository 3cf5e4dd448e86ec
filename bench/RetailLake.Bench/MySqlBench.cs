using System.Globalization;
using System.Text.Json;
using MySqlConnector;
using RetailLake.Core.Contracts;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;
using RetailLake.Core.Secrets;
using RetailLake.Local.Servers;
using RetailLake.Sources.MySql;

namespace RetailLake.Bench;

/// <summary>
/// Landing against MySqlConnector's bare Read loop over the same statement, round by round in one run. Landing also lets the server count and sum,
/// escapes, compresses, hashes and writes to disk.
/// </summary>
internal static class MySqlBench
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var rows = arguments is [var count, ..] ? int.Parse(count, CultureInfo.InvariantCulture) : 1_000_000;
        var rounds = arguments is [_, var wanted, ..] ? int.Parse(wanted, CultureInfo.InvariantCulture) : 5;
        var folder = Directory.CreateTempSubdirectory("bench-mysql-").FullName;
        try
        {
            await using var server = await MariaDbServer.StartAsync(new MariaDbOptions { DataDir = Path.Join(folder, "mariadb"), InnodbBufferPoolMb = 512 });
            await FillAsync(server, rows);
            var lake = new FileSystemLake(new Uri(Path.Join(folder, "lake")).AbsoluteUri);
            var contract = Contract();
            var source = new MySqlSource(new Login(server));
            var meter = new StepMeter(rows);
            var plan = await source.PlanAsync(contract, new([], TimeProvider.System.GetUtcNow()), default);
            for (var round = 0; round < rounds; round++)
            {
                await meter.MeasureAsync("bare", () => ReadAsync(server, Statement(contract)));
                await meter.MeasureAsync("count+sum", () => ReadAsync(server, "SELECT COUNT(*), CAST(SUM(t.amount) AS CHAR) FROM sale_line t"));
                var before = GC.GetTotalAllocatedBytes(precise: true);
                LandedManifest? manifest = null;
                await meter.MeasureAsync("land", async () => manifest = await source.LandAsync(contract, Run(contract, plan.Slices), plan.Slices[0], lake, $"a{round}", default));
                if (round == 0)
                {
                    Console.WriteLine($"{manifest!.Landed[0].Rows:N0} rows, 17 columns; landed {manifest.Tables[0].ListedObject.Bytes / 1e6:N1} MB compressed; {(GC.GetTotalAllocatedBytes(precise: true) - before) / 1e6:N1} MB allocated; {Environment.ProcessorCount} processors shared with the server");
                }
            }

            meter.Report();
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Statement(Contract contract) =>
        $"SELECT {string.Join(", ", contract.Parent.Columns.Select(column => $"CAST(t.`{column.SourceName}` AS BINARY)"))} FROM sale_line t";

    private static async Task ReadAsync(MariaDbServer server, string statement)
    {
        await using var connection = new MySqlConnection(server.Reader("pos").ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
#pragma warning disable CA2100 // Names are this benchmark's own.
        await using var command = new MySqlCommand(statement, connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
        await Task.Run(() =>
        {
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
            }
        });
    }

    private static async Task FillAsync(MariaDbServer server, int rows)
    {
        await using var connection = new MySqlConnection(server.AdminConnectionString);
        await connection.OpenAsync();
        foreach (var statement in (string[])
        [
            "CREATE DATABASE pos",
            "CREATE TABLE pos.sale_line (line_id bigint PRIMARY KEY, store_id int, till_no int, bill_no varchar(20), ean varchar(13), item_name varchar(60), hsn varchar(8), tender varchar(10), line_no int, "
            + "qty decimal(12,3), mrp decimal(12,2), price decimal(12,2), discount decimal(12,2), tax decimal(12,2), amount decimal(12,2), sold_at timestamp(3), updated_at timestamp(6))",
            "INSERT INTO pos.sale_line SELECT seq, 100 + seq % 900, seq % 20, CONCAT('B', LPAD(seq DIV 4, 11, '0')), LPAD(seq * 7919 % 10000000000000, 13, '8'), CONCAT('Item ', seq % 5000, ' 500 g pack'), "
            + "'21069099', ELT(1 + seq % 4, 'CASH', 'CARD', 'UPI', 'WALLET'), seq % 4, 1 + seq % 3, 499.00, 449.10, 49.90, 22.46, 471.56 + seq % 1000, "
            + "'2026-11-01' + INTERVAL seq SECOND, '2026-11-02' + INTERVAL seq MICROSECOND FROM pos.seq_1_to_" + rows.ToString(CultureInfo.InvariantCulture),
        ])
        {
#pragma warning disable CA2100 // As above.
            await using var command = new MySqlCommand(statement, connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync();
        }
    }

    // One slice, so that one connection is measured.
    private static Contract Contract()
    {
        var contract = SaleLines.Contract();
        var table = contract.Parent;
        return contract with
        {
            Extract = new ExtractSpec { Mode = ExtractMode.Snapshot, SliceRows = int.MaxValue },
            Tables = [table with { Columns = [.. table.Columns.Select(column => column.Name switch
            {
                "sold_at" => column with { Type = column.Type with { SourceType = "timestamp(3)" } },
                "updated_at" => column with { Type = column.Type with { SourceType = "timestamp(6)" } },
                _ => column,
            })] }],
        };
    }

    private static RunPlan Run(Contract contract, IReadOnlyList<PlanSlice> slices) => new()
    {
        Execution = "bench", Contract = contract.Id, ContractVersion = contract.Version, ContractSha256 = contract.Sha256, Ordinal = 1, WorkId = "w", Slices = slices,
        PlannedAt = TimeProvider.System.GetUtcNow(),
    };

    private sealed class Login(MariaDbServer server) : ISecretStore
    {
        public Task<string> GetAsync(string name, CancellationToken cancellationToken) => Task.FromResult(JsonSerializer.Serialize(new
        {
            username = server.Reader().UserID, password = server.Reader().Password, host = "127.0.0.1", port = server.Port, sslMode = "none",
        }));
    }
}
