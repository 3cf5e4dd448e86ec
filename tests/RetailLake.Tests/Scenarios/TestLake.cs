using RetailLake.Local.Home;
using RetailLake.Local.Invocation;
using RetailLake.Local.Running;
using RetailLake.Tests.Local;

namespace RetailLake.Tests.Scenarios;

/// <summary>A lake in a temporary home over a test source: open, close, open again, ingest, compare.</summary>
internal sealed class TestLake : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly TemporaryFolder folder = new();
    private readonly HostOptions options;
    private LakeHost? host;

    private TestLake(TestSource source, InvocationProbe? probe, IReadOnlyList<string> contracts)
    {
        Contracts = contracts;
        Home = new LakeHome(Path.Combine(folder.Path, "home")).Create();
        TestSource.WriteContracts(ContractFolder, contracts);
        source.WriteSecrets(Home, Directory.CreateDirectory(Receiver).FullName);
        options = new()
        {
            App = Repository.Root, Home = Home, ContractFolders = [ContractFolder], MemoryLimit = "256MB", MaxConcurrency = 8, Time = new HurriedTime(), Probe = probe,
        };
    }

    public LakeHome Home { get; }

    public IReadOnlyList<string> Contracts { get; }

    /// <summary>An application folder of the test's own contracts, for a process of its own.</summary>
    public string App => Path.Combine(folder.Path, "app");

    public string ContractFolder => Path.Combine(App, "contracts");

    /// <summary>Where Manthan files are delivered.</summary>
    public string Receiver => Path.Combine(folder.Path, "manthan");

    public LakeHost Host => host ?? throw new InvalidOperationException("The lake is closed.");

    /// <summary>A home with its folders and secrets, nothing opened.</summary>
    public static TestLake Prepare(TestSource source, params string[] contracts) => new(source, null, contracts);

    public static Task<TestLake> OpenAsync(TestSource source, params string[] contracts) => OpenAsync(source, null, contracts);

    public static async Task<TestLake> OpenAsync(TestSource source, InvocationProbe? probe, params string[] contracts)
    {
        var lake = new TestLake(source, probe, contracts);
        await lake.OpenAsync();
        return lake;
    }

    public async Task OpenAsync(HostMode mode = HostMode.Working) => host = await LakeHost.OpenAsync(options, mode, CancellationToken.None);

    public async Task CloseAsync()
    {
        if (Interlocked.Exchange(ref host, null) is { } open)
        {
            await open.DisposeAsync();
        }
    }

    /// <returns>ARN of the execution.</returns>
    public Task<string> StartAsync(string contract, string name)
    {
        var (source, feed) = (contract.Split('.')[0], contract.Split('.')[1]);
        return Host.Executions.StartAsync($"{source}-ingest", name, $$"""{"source":"{{source}}","feed":"{{feed}}"}""");
    }

    public async Task<ExecutionLine> IngestAsync(string contract, string name) => await WaitAsync(await StartAsync(contract, name));

    public async Task<ExecutionLine> RedriveAsync(string name)
    {
        var redriven = await Host.Redrives.RedriveAsync(name, CancellationToken.None);
        return await WaitAsync(redriven.Execution.Arn);
    }

    public async Task<ExecutionLine> WaitAsync(string arn)
    {
        using var deadline = new CancellationTokenSource(Patience);
        return await Host.Executions.WaitAsync(arn, deadline.Token);
    }

    /// <returns>The name of the state that the execution ended in.</returns>
    public string EndOf(string name) => Host.Executions.Show(name).States[^1].State;

    public Task<string> DumpAsync() => LakeDump.OfAsync(this);

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        folder.Dispose();
    }
}
