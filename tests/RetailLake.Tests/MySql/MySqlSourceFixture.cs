using MySqlConnector;
using RetailLake.Local.Servers;
using RetailLake.Tests.MySql;

[assembly: AssemblyFixture(typeof(MySqlSourceFixture))]

namespace RetailLake.Tests.MySql;

/// <summary>One real server for all tests of the MySQL source; it starts with the first test that asks for it.</summary>
public sealed class MySqlSourceFixture : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("lake-mysql-").FullName;
    private readonly SemaphoreSlim gate = new(1);
    private MariaDbServer? server;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async Task<MariaDbServer> ServerAsync()
    {
        await gate.WaitAsync();
        try
        {
            return server ??= await MariaDbServer.StartAsync(new MariaDbOptions { DataDir = Path.Combine(folder, "mariadb"), InnodbBufferPoolMb = 128 });
        }
        finally
        {
            gate.Release();
        }
    }

    internal async Task<SourceDatabase> DatabaseAsync()
    {
        var running = await ServerAsync();
        var name = $"t_{Guid.NewGuid():N}";
        await using var admin = new MySqlConnection(running.AdminConnectionString);
        await admin.OpenAsync();
        await new MySqlCommand($"CREATE DATABASE {name} CHARACTER SET utf8mb4", admin).ExecuteNonQueryAsync();
        return new SourceDatabase(running, name, Directory.CreateDirectory(Path.Combine(folder, name)).FullName);
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>Open transactions of one test hold back the windows of another, so these tests run one after the other.</summary>
[CollectionDefinition(Name, DisableParallelization = false)]
public sealed class OneServer
{
    public const string Name = "one MariaDB server";
}
