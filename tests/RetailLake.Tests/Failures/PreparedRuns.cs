using System.Globalization;
using System.Text.Json.Nodes;
using RetailLake.Local.Demo;
using RetailLake.Local.Home;
using RetailLake.Local.Running;
using RetailLake.Tests.Servers;

namespace RetailLake.Tests.Failures;

/// <summary>A home in which the runs exist that the event files name: the repository's own contracts, over the demo's databases.</summary>
public sealed class PreparedRuns(MariaDbFixture fixture) : IAsyncLifetime
{
    private const string Prefix = "events_";

    /// <summary>Machine, feed and execution, as events/ has them.</summary>
    private static readonly (string Source, string Feed, string Execution)[] Runs =
    [
        ("crm", "customer", "customer-20261122T193000Z"), ("oms", "order", "order-20261122T193000Z"),
    ];

    private readonly string folder = Directory.CreateTempSubdirectory("lake-events-").FullName;
    private HomeLock? held;

    internal LakeHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var server = await fixture.ServerAsync();
        var databases = new DemoDatabases(server.AdminConnectionString, TimeProvider.System, Prefix);
        await databases.FillAsync(400, seed: 11);
        var home = new LakeHome(Path.Combine(folder, "home")).Create();
        SecretsFile.Set(home, new[] { "crm", "oms", "merch" }.Select(source => KeyValuePair.Create<string, JsonNode?>($"sources/{source}", new JsonObject
        {
            ["host"] = "127.0.0.1",
            ["port"] = server.Port.ToString(CultureInfo.InvariantCulture),
            ["username"] = server.Reader().UserID,
            ["password"] = server.Reader().Password,
            ["database"] = databases.NameOf(source),
            ["sslMode"] = "None",
        })));
        held = HomeLock.TryTake(home);
        Host = await LakeHost.OpenAsync(new() { App = Repository.Root, Home = home, ContractFolders = [Repository.Path("contracts")], Time = new HurriedTime() }, HostMode.Working, default);
        foreach (var (source, feed, execution) in Runs)
        {
            var arn = await Host.Executions.StartAsync($"{source}-ingest", execution, $$"""{"source":"{{source}}","feed":"{{feed}}"}""");
            var over = await Host.Executions.WaitAsync(arn, default);
            over.Status.Should().Be("SUCCEEDED", over.Cause);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        held?.Dispose();
        await Folders.DeleteAsync(folder);
    }
}
