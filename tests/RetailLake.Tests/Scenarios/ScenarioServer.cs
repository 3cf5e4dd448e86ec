using RetailLake.Local.Servers;
using RetailLake.Tests.Local;

namespace RetailLake.Tests.Scenarios;

/// <summary>The scenarios' own MariaDB: an open transaction of another test would hold back their windows, so they run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class ScenarioServer : IAsyncDisposable, ICollectionFixture<ScenarioServer>
{
    public const string Name = "scenarios";
    public const string Orders = "oms.order";
    public const string Execution = "order-20260101T000000Z";

    private readonly TemporaryFolder folder = new();
    private readonly Lazy<Task<MariaDbServer>> server;
    private readonly Lazy<Task<TestSource>> quiet;
    private readonly Lazy<Task<(string All, string Tables)>> clean;

    public ScenarioServer()
    {
        server = new(() => MariaDbServer.StartAsync(new MariaDbOptions { DataDir = folder.Path, InnodbBufferPoolMb = 64 }));
        quiet = new(() => FilledAsync("quiet_"));
        clean = new(RunAsync);
    }

    /// <summary>A filled source that no test changes.</summary>
    internal Task<TestSource> QuietAsync() => quiet.Value;

    /// <summary>What execution <see cref="Execution"/> of <see cref="Orders"/> leaves when nothing goes wrong.</summary>
    internal async Task<string> CleanAsync() => (await clean.Value).All;

    internal async Task<string> CleanTablesAsync() => (await clean.Value).Tables;

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

    private async Task<(string All, string Tables)> RunAsync()
    {
        await using var lake = await TestLake.OpenAsync(await QuietAsync(), Orders);
        (await lake.IngestAsync(Orders, Execution)).Status.Should().Be("SUCCEEDED");
        await Books.ShouldBalanceAsync(lake);
        var all = await lake.DumpAsync();
        all.Split('\n').Length.Should().BeGreaterThan((int)TestSource.OrderLines, "there must be something to compare");
        return (all, await LakeDump.TablesAsync(lake));
    }

    private async Task<TestSource> FilledAsync(string prefix)
    {
        var source = new TestSource(await server.Value, prefix);
        await source.Databases.FillAsync(TestSource.OrderLines);
        return source;
    }
}
