using RetailLake.Local.Servers;
using RetailLake.Tests.Local;
using RetailLake.Tests.Servers;

[assembly: AssemblyFixture(typeof(MariaDbFixture))]

namespace RetailLake.Tests.Servers;

/// <summary>One real MariaDB for all tests of the run; it starts when the first test asks for it.</summary>
public sealed class MariaDbFixture : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<Task<MariaDbServer>> _server;

    public MariaDbFixture() =>
        _server = new(() => MariaDbServer.StartAsync(new MariaDbOptions { DataDir = _folder.Path }));

    public Task<MariaDbServer> ServerAsync() => _server.Value;

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated)
            await (await _server.Value).DisposeAsync();
        _folder.Dispose();
    }
}
