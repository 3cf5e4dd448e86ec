using System.Text.Json.Nodes;
using MySqlConnector;
using RetailLake.Local.Demo;
using RetailLake.Local.Home;
using RetailLake.Local.Servers;

namespace RetailLake.Tests.Scenarios;

/// <summary>The demo's databases under a prefix of their own, and the repository's contracts cut into several slices and without much lag.</summary>
internal sealed class TestSource(MariaDbServer server, string prefix)
{
    public const long OrderLines = 400;

    /// <summary>SQL for now as oms and merch keep it.</summary>
    public const string IndianTime = "CONVERT_TZ(UTC_TIMESTAMP(), '+00:00', '+05:30')";
    public const string ReceiverSecret = "targets/test";

    // Equal keys give equal tokens, so that warehouses of several homes can be compared.
    public const string TokenKey = "c2NlbmFyaW9zIGNvbXBhcmUgdGhlIHdhcmVob3VzZXMgb2Ygc2V2ZXJhbCBob21lcw==";

    public DemoDatabases Databases { get; } = new(server.AdminConnectionString, TimeProvider.System, prefix);

    /// <param name="folder">Gets <c>source/feed.odcs.yaml</c>.</param>
    public static void WriteContracts(string folder, IEnumerable<string> contracts)
    {
        foreach (var contract in contracts)
        {
            var (source, feed) = contract.Split('.') is [var first, var second] ? (first, second) : throw new ArgumentException(contract);
            var text = Repository.Read("contracts", source, $"{feed}.odcs.yaml")
                .Replace("mode: window,", "mode: window, lagSeconds: 1, sliceRows: 60,", StringComparison.Ordinal)
                .Replace("delivery: rename", $"delivery: rename\n      target: secret:{ReceiverSecret}", StringComparison.Ordinal);
            var path = Path.Combine(folder, source, $"{feed}.odcs.yaml");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
    }

    public void WriteSecrets(LakeHome home, string receiver)
    {
        var login = server.Reader();
        SecretsFile.Set(home, [new(SecretsFile.TokenKey, TokenKey), new(ReceiverSecret, new JsonObject { ["target"] = new Uri(receiver).AbsoluteUri }), .. DemoCatalog.Databases.Select(name =>
            KeyValuePair.Create<string, JsonNode?>($"sources/{name}", new JsonObject
            {
                ["host"] = login.Server, ["port"] = $"{login.Port}", ["username"] = login.UserID, ["password"] = login.Password, ["sslMode"] = "None",
                ["database"] = Databases.NameOf(name),
            }))]);
    }

    public async Task<MySqlConnection> ConnectAsync(string database)
    {
        var connection = new MySqlConnection(new MySqlConnectionStringBuilder(server.AdminConnectionString) { Database = Databases.NameOf(database), Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    public async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = await ConnectAsync(database);
        await new MySqlCommand(sql, connection).ExecuteNonQueryAsync();
    }

    public async Task<decimal> NumberAsync(string database, string sql)
    {
        await using var connection = await ConnectAsync(database);
        return Convert.ToDecimal(await new MySqlCommand(sql, connection).ExecuteScalarAsync());
    }

    /// <summary>Waits until a window planned now reaches beyond all that was committed before; the columns count whole seconds.</summary>
    public async Task AfterLagAsync(string database)
    {
        var started = TimeProvider.System.GetTimestamp();
        var until = await NumberAsync(database, "SELECT UNIX_TIMESTAMP(NOW(6)) + 2.1");
        while (await NumberAsync(database, "SELECT UNIX_TIMESTAMP(NOW(6))") < until)
        {
            TimeProvider.System.GetElapsedTime(started).Should().BeLessThan(TimeSpan.FromSeconds(30), "the server's clock must go on");
            await Task.Delay(50);
        }
    }
}
