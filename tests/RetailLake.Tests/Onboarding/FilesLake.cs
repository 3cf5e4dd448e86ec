using System.Globalization;
using RetailLake.Cli;
using RetailLake.Local.Home;
using RetailLake.Local.Invocation;
using RetailLake.Local.Running;

namespace RetailLake.Tests.Onboarding;

/// <summary>A lake of a test's own that takes files only: contracts, the folder that others upload into, and the real host.</summary>
internal sealed class FilesLake : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("lake-files-").FullName;
    private HomeLock? held;
    private LakeHost? host;

    public FilesLake()
    {
        Home = new LakeHome(Path.Combine(folder, "home")).Create();
        Contracts = Directory.CreateDirectory(Path.Combine(folder, "contracts")).FullName;
    }

    public LakeHome Home { get; }

    public string Contracts { get; }

    /// <summary>Sees every invocation from the next opening on.</summary>
    public InvocationProbe? Probe { get; set; }

    public LakeHost Host => host ?? throw new InvalidOperationException("Open it first.");

    public void Write(FileContract contract) => Write(contract.Source, contract.Feed, contract.ToString());

    public void Write(string source, string feed, string yaml) =>
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(Contracts, source)).FullName, $"{feed}.odcs.yaml"), yaml);

    /// <summary>What a sender does: the file appears whole, with its own time.</summary>
    public void Upload(string feed, string name, byte[] content, DateTime? modifiedUtc = null)
    {
        var inbox = Directory.CreateDirectory(Path.Combine(Home.Lake, "drops", feed.Replace('.', '/'))).FullName;
        var half = Path.Combine(folder, Guid.NewGuid().ToString("N"));
        File.WriteAllBytes(half, content);
        File.SetLastWriteTimeUtc(half, modifiedUtc ?? new DateTime(2026, 11, 21, 6, 0, 0, DateTimeKind.Utc));
        File.Move(half, Path.Combine(inbox, name), overwrite: true);
    }

    /// <summary>Opens the host, or opens it again as after a restart.</summary>
    public async Task<FilesLake> OpenAsync(TimeProvider? time = null)
    {
        await CloseAsync();
        held = HomeLock.TryTake(Home);
        host = await LakeHost.OpenAsync(
            new() { App = Repository.Root, Home = Home, ContractFolders = [Contracts], MemoryLimit = "256MB", Probe = Probe, Time = time ?? TimeProvider.System }, HostMode.Working, default);
        return this;
    }

    public async Task<FeedOutcome> IngestAsync(string feed) =>
        (await Host.Ingest.RunAsync([new(feed.Split('.')[0], feed.Split('.')[1])], _ => { }, default)).Single();

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

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await Failures.Folders.DeleteAsync(folder);
    }

    private async Task CloseAsync()
    {
        if (host is not null)
        {
            await host.DisposeAsync();
        }

        held?.Dispose();
        (host, held) = (null, null);
    }
}
