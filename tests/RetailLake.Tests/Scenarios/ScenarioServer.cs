using RetailLake.Local.Servers;
using RetailLake.Tests.Servers;

namespace RetailLake.Tests.Scenarios;

/// <summary>The scenarios' own MariaDB: an open transaction of another test would hold back their windows, so they run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class ScenarioServer : IAsyncDisposable, ICollectionFixture<ScenarioServer>
{
    public const string Name = "scenarios";

    private readonly TemporaryFolder folder = new();
    private readonly Lazy<Task<MariaDbServer>> server;
    private readonly Lazy<Task<TestSource>> orders;

    public ScenarioServer()
    {
        server = new(() => MariaDbServer.StartAsync(new MariaDbOptions { DataDir = folder.Path, InnodbBufferPoolMb = 64 }));
        orders = new(() => FilledAsync("quiet_"));
    }

    /// <summary>A filled source that no test changes.</summary>
    internal Task<TestSource> QuietAsync() => orders.Value;

    /// <summary>A filled source of the test's own.</summary>
    internal Task<TestSource> NewAsync() => FilledAsync($"t{Guid.NewGuid():N}_"[..10]);

    public async ValueTask DisposeAsync()
    {
        if (server.IsValueCreated)
        {
            await (await server.Value).DisposeAsync();
        }

        folder.Dispose();
    }

    private async Task<TestSource> FilledAsync(string prefix)
    {
        var source = new TestSource(await server.Value, prefix);
        await source.Databases.FillAsync(TestSource.OrderLines);
        return source;
    }
}
