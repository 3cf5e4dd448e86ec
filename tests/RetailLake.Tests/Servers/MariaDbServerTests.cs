using System.Diagnostics;
using MySqlConnector;
using RetailLake.Local.Servers;
using RetailLake.Tests.Local;

namespace RetailLake.Tests.Servers;

public sealed class MariaDbServerTests(MariaDbFixture fixture)
{
    [Fact]
    public async Task Started_AnswersInIndianTimeOverTcp()
    {
        var server = await fixture.ServerAsync();

        var zone = await ScalarAsync(server.ConnectionString, "SELECT @@time_zone");

        zone.Should().Be("+05:30");
    }

    [Fact]
    public async Task Lake_MaySeeProcessesAndReadButNotWrite()
    {
        var server = await fixture.ServerAsync();

        var processes = await ScalarAsync(server.ConnectionString, "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE USER <> 'lake'");
        var write = async () => await ScalarAsync(server.ConnectionString, "CREATE DATABASE not_mine");

        Convert.ToInt64(processes).Should().BeGreaterThanOrEqualTo(0);
        (await write.Should().ThrowAsync<MySqlException>()).Which.ErrorCode.Should().Be(MySqlErrorCode.DatabaseAccessDenied);
    }

    [Fact]
    public async Task RootOverTcp_IsRefused()
    {
        var server = await fixture.ServerAsync();

        var connect = async () => await ScalarAsync($"Server=127.0.0.1;Port={server.Port};User ID=root;SslMode=None", "SELECT 1");

        (await connect.Should().ThrowAsync<MySqlException>()).Which.ErrorCode.Should().Be(MySqlErrorCode.AccessDenied);
    }

    [Fact]
    public async Task LaxMode_StoresAZeroDate()
    {
        var server = await fixture.ServerAsync();

        var stored = await ScalarAsync(server.AdminConnectionString,
            "CREATE DATABASE lax; CREATE TABLE lax.t (d DATE); INSERT INTO lax.t VALUES ('0000-00-00'); SELECT CAST(d AS CHAR) FROM lax.t");

        stored.Should().Be("0000-00-00");
    }

    [Fact]
    public async Task KilledServer_StartsAgainWithWhatWasCommitted()
    {
        using var folder = new TemporaryFolder();
        var options = new MariaDbOptions { DataDir = folder.Path, InnodbBufferPoolMb = 32 };
        await using (var first = await MariaDbServer.StartAsync(options))
        {
            await ScalarAsync(first.AdminConnectionString, "CREATE DATABASE a; CREATE TABLE a.t (n INT) ENGINE=InnoDB; INSERT INTO a.t VALUES (7)");
            await first.KillAsync();
        }

        await using var second = await MariaDbServer.StartAsync(options);

        (await ScalarAsync(second.ConnectionString, "SELECT n FROM a.t")).Should().Be(7);
    }

    [Fact]
    public async Task PipeClosed_ServerEndsToo()
    {
        using var folder = new TemporaryFolder();
        var log = Path.Combine(folder.Path, "log");
        // The system closes the pipe of a killed owner as this does.
        var server = await WatchedProcess.StartAsync(new Command("sleep", ["1000"]), log);

        await server.DisposeAsync();

        var lookUp = () => Process.GetProcessById(server.Id);
        lookUp.Should().Throw<ArgumentException>("the process has ended");
    }

    [Fact]
    public async Task PortTaken_SaysSoAndLeavesTheData()
    {
        using var folder = new TemporaryFolder();
        var taken = (await fixture.ServerAsync()).Port;

        var start = async () => await MariaDbServer.StartAsync(
            new MariaDbOptions { DataDir = folder.Path, Port = taken, InnodbBufferPoolMb = 32 });

        (await start.Should().ThrowAsync<ServerException>()).Which.Message.Should().Contain("Address already in use");
    }

    private static async Task<object?> ScalarAsync(string connectionString, string sql)
    {
        await using var connection = new MySqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new MySqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
