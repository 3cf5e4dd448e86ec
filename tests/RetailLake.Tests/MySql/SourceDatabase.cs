using System.Text;
using System.Text.Json;
using MySqlConnector;
using RetailLake.Core.Contracts;
using RetailLake.Core.Lake;
using RetailLake.Core.Rows.Landing;
using RetailLake.Core.Runs;
using RetailLake.Core.Secrets;
using RetailLake.Core.Sources;
using RetailLake.Local.Servers;
using RetailLake.Sources.MySql;

namespace RetailLake.Tests.MySql;

/// <summary>A database of its own per test, with the lake that is landed in.</summary>
internal sealed class SourceDatabase : ISecretStore, IAsyncDisposable
{
    public const string Secret = "sources/test";

    private readonly MariaDbServer server;

    public SourceDatabase(MariaDbServer server, string name, string folder)
    {
        (this.server, Name, Folder) = (server, name, folder);
        Lake = new FileSystemLake(new Uri(folder).AbsoluteUri);
        Source = new MySqlSource(this);
        var reader = server.Reader(name);
        (User, Password) = (reader.UserID, reader.Password);
    }

    public string Name { get; }

    public string Folder { get; }

    public FileSystemLake Lake { get; }

    public MySqlSource Source { get; }

    public string User { get; set; }

    public string Password { get; set; }

    public int? Port { get; set; }

    public int ServerPort => server.Port;

    /// <summary>What the store hands out before the real secret.</summary>
    public Queue<string> OldPasswords { get; } = new();

    public int SecretReads { get; private set; }

    public Task<string> GetAsync(string name, CancellationToken cancellationToken)
    {
        name.Should().Be(Secret);
        SecretReads++;
        return Task.FromResult(JsonSerializer.Serialize(new
        {
            username = User, password = OldPasswords.TryDequeue(out var old) ? old : Password, host = "127.0.0.1", port = Port ?? server.Port, sslMode = "none",
        }));
    }

    public async Task<MySqlConnection> OpenAsync(string? settings = null)
    {
        var connection = new MySqlConnection(server.AdminConnectionString + $";Database={Name};Pooling=false;AllowUserVariables=true");
        await connection.OpenAsync();
        await new MySqlCommand(settings ?? "SET time_zone = '+00:00', sql_mode = ''", connection).ExecuteNonQueryAsync();
        return connection;
    }

    public async Task SqlAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await new MySqlCommand(sql, connection) { CommandTimeout = 120 }.ExecuteNonQueryAsync();
    }

    public async Task<object?> ScalarAsync(string sql)
    {
        await using var connection = await OpenAsync();
        return await new MySqlCommand(sql, connection).ExecuteScalarAsync();
    }

    public Task<SourcePlan> PlanAsync(Contract contract, params CoveredWindow[] covered) =>
        Source.PlanAsync(contract, new PlanRequest(covered, TimeProvider.System.GetUtcNow()), default);

    public Task<LandedManifest> LandAsync(Contract contract, SourcePlan plan, PlanSlice slice, string attempt = "a1") =>
        Source.LandAsync(contract, RunPlanOf(contract, plan), slice, Lake, attempt, default);

    /// <summary>Plans, lands every slice and reads back what lies in the lake.</summary>
    public async Task<Landing> RunAsync(Contract contract, params CoveredWindow[] covered)
    {
        var plan = await PlanAsync(contract, covered);
        return await LandAllAsync(contract, plan);
    }

    public async Task<Landing> LandAllAsync(Contract contract, SourcePlan plan)
    {
        var landing = new Landing(plan);
        foreach (var slice in plan.Slices)
        {
            var manifest = await LandAsync(contract, plan, slice, $"a{landing.Manifests.Count}-{Guid.NewGuid():N}");
            landing.Manifests.Add(manifest);
            foreach (var table in manifest.Tables)
            {
                var columns = slice.Kind == SliceKind.Keys ? contract.Parent.Key.Count : contract.Tables.Single(candidate => candidate.Name == table.Table).Columns.Count;
                await using var stream = await Lake.OpenReadAsync(table.ListedObject.Key, default);
                landing.Rows.AddRange(Read(stream!, columns).Select(fields => (table.Table, slice, fields)));
            }
        }

        return landing;
    }

    public async ValueTask DisposeAsync() => await SqlAsync($"DROP DATABASE {Name}");

    private static RunPlan RunPlanOf(Contract contract, SourcePlan plan) => new()
    {
        Execution = "test-1", Contract = contract.Id, ContractVersion = contract.Version, ContractSha256 = contract.Sha256, Ordinal = 1, WorkId = "w",
        Window = plan.Window, Slices = plan.Slices, PlannedAt = TimeProvider.System.GetUtcNow(),
    };

    private static IEnumerable<string?[]> Read(Stream gzip, int columns)
    {
        using var reader = TabReader.OverLanded(gzip, columns, "landed");
        while (reader.Read())
        {
            // Latin-1 keeps every byte as one character, so that binary fields can be compared too.
            yield return [.. Enumerable.Range(0, columns).Select(index => reader.IsNull(index) ? null : Encoding.Latin1.GetString(reader.Field(index)))];
        }
    }
}

internal sealed record Landing(SourcePlan Plan)
{
    public List<LandedManifest> Manifests { get; } = [];

    public List<(string Table, PlanSlice Slice, string?[] Fields)> Rows { get; } = [];

    public string?[] Row(string table, string firstField) => Rows.Single(row => row.Table == table && row.Fields[0] == firstField).Fields;

    public List<string> Firsts(string table) => [.. Rows.Where(row => row.Table == table && row.Slice.Kind == SliceKind.Rows).Select(row => row.Fields[0]!)];

    public List<string> Keys() => [.. Rows.Where(row => row.Slice.Kind == SliceKind.Keys).Select(row => row.Fields[0]!)];

    public CoveredWindow Covered => new(Plan.Window!.Lo, Plan.Window.Hi);
}
