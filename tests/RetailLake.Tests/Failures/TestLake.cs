using System.Globalization;
using System.Text.Json.Nodes;
using MySqlConnector;
using RetailLake.Cli;
using RetailLake.Local.Home;
using RetailLake.Local.Running;
using RetailLake.Local.Servers;
using RetailLake.Tests.Servers;

namespace RetailLake.Tests.Failures;

/// <summary>A lake of a test's own: a home, a folder of contracts and a database on the real MariaDB, under the real host.</summary>
internal sealed class TestLake : IAsyncDisposable
{
    public const string Source = "shop";
    public const string Secret = "sources/shop";

    private readonly string folder = Directory.CreateTempSubdirectory("lake-own-").FullName;
    private HomeLock? held;
    private LakeHost? host;

    private TestLake(MariaDbServer server, string database)
    {
        (Server, Database) = (server, database);
        Home = new(Path.Combine(folder, "home"));
        Contracts = Directory.CreateDirectory(Path.Combine(folder, "contracts")).FullName;
    }

    public MariaDbServer Server { get; }

    public string Database { get; }

    public LakeHome Home { get; }

    public string Contracts { get; }

    public LakeHost Host => host ?? throw new InvalidOperationException("Open it first.");

    /// <summary>A database of its own; the secret of the source points at it.</summary>
    public static async Task<TestLake> CreateAsync(MariaDbFixture fixture)
    {
        var lake = new TestLake(await fixture.ServerAsync(), $"own_{Guid.NewGuid():N}");
        await lake.SqlAsync($"CREATE DATABASE {lake.Database} CHARACTER SET utf8mb4", inDatabase: false);
        lake.Home.Create();
        lake.SetLogin();
        return lake;
    }

    /// <summary>What is not told is right.</summary>
    public void SetLogin(string? password = null, int? port = null) => SetSecret(Secret, new JsonObject
    {
        ["host"] = "127.0.0.1",
        ["port"] = (port ?? Server.Port).ToString(CultureInfo.InvariantCulture),
        ["username"] = Server.Reader().UserID,
        ["password"] = password ?? Server.Reader().Password,
        ["sslMode"] = "None",
    });

    public void SetSecret(string name, JsonNode? value) => SecretsFile.Set(Home, [KeyValuePair.Create(name, value)]);

    public void RemoveSecret(string name)
    {
        var all = JsonNode.Parse(File.ReadAllBytes(Home.Secrets))!.AsObject();
        all.Remove(name).Should().BeTrue();
        File.WriteAllText(Home.Secrets, all.ToJsonString());
    }

    public void Write(ContractText contract) => Write(contract.Source, contract.Feed, contract.ToString());

    public void Write(string source, string feed, string yaml) =>
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(Contracts, source)).FullName, $"{feed}.odcs.yaml"), yaml);

    /// <summary>Opens the host, or opens it again as after a restart: contracts are read anew.</summary>
    public async Task<TestLake> OpenAsync()
    {
        await CloseAsync();
        held = HomeLock.TryTake(Home);
        host = await LakeHost.OpenAsync(new() { App = Repository.Root, Home = Home, ContractFolders = [Contracts], MemoryLimit = "256MB", Time = new HurriedTime() }, HostMode.Working, default);
        return this;
    }

    public Task<IReadOnlyList<FeedOutcome>> IngestAllAsync(string source = Source) => Host.Ingest.RunAsync([new(source, null)], _ => { }, default);

    public async Task<FeedOutcome> IngestAsync(string feed) => (await Host.Ingest.RunAsync([new(Source, feed)], _ => { }, default)).Single();

    public async Task<ExecutionLine> RedriveAsync(FeedOutcome failed)
    {
        var redriven = await Host.Redrives.RedriveAsync($"{failed.Machine}/{failed.Execution}", default);
        return await Host.Executions.WaitAsync(redriven.Execution.Arn, default);
    }

    public async Task<ExecutionLine> RerunAsync(FeedOutcome failed) =>
        await Host.Executions.WaitAsync(await Host.Redrives.RerunAsync($"{failed.Machine}/{failed.Execution}", default), default);

    /// <summary>A command of the command line, sent to this host as the owner's.</summary>
    public async Task<(int Exit, string Output, string Error)> CliAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = await LakeCommandLine.RunAsync(arguments, new(output, error, 0, folder), Host, default);
        return (exit, output.ToString(), error.ToString());
    }

    /// <summary>Rows of the warehouse, as text.</summary>
    public async Task<IReadOnlyList<string>> QueryAsync(string sql) =>
        [.. (await Host.Warehouse.QueryAsync(sql, default)).Select(row => string.Join('|', row.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture))))];

    public async Task<string> ValueAsync(string sql) => (await QueryAsync(sql))[0];

    /// <summary>Statements on the source.</summary>
    public async Task SqlAsync(string sql, bool inDatabase = true)
    {
        await using var connection = await AdminAsync(inDatabase);
        await new MySqlCommand(sql, connection) { CommandTimeout = 120 }.ExecuteNonQueryAsync();
    }

    public async Task<object?> ScalarAsync(string sql)
    {
        await using var connection = await AdminAsync(inDatabase: true);
        return await new MySqlCommand(sql, connection).ExecuteScalarAsync();
    }

    public async Task<MySqlConnection> AdminAsync(bool inDatabase)
    {
        var connection = new MySqlConnection(Server.AdminConnectionString + $";Pooling=false;AllowUserVariables=true{(inDatabase ? $";Database={Database}" : "")}");
        await connection.OpenAsync();
        await new MySqlCommand("SET time_zone = '+00:00', sql_mode = '', NAMES utf8mb4", connection).ExecuteNonQueryAsync();
        return connection;
    }

    public async Task CloseAsync()
    {
        if (host is not null)
        {
            await host.DisposeAsync();
        }

        held?.Dispose();
        (host, held) = (null, null);
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await SqlAsync($"DROP DATABASE IF EXISTS {Database}", inDatabase: false);
        await Folders.DeleteAsync(folder);
    }
}
