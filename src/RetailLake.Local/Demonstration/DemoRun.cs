using System.Text.Json.Nodes;
using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Local.Demo;
using RetailLake.Local.Home;
using RetailLake.Local.Running;
using RetailLake.Local.Servers;

namespace RetailLake.Local.Demonstration;

/// <summary>The demo's course: a private MariaDB, filled; all feeds; a day of changes with a commit that comes late; all feeds again.</summary>
public sealed class DemoRun : IAsyncDisposable
{
    private readonly LakeHost host;
    private readonly DemoRequest request;
    private readonly Action<string> note;
    private readonly MariaDbServer server;
    private readonly DemoDatabases databases;

    private DemoRun(LakeHost host, DemoRequest request, Action<string> note, MariaDbServer server)
    {
        this.host = host;
        this.request = request;
        this.note = note;
        this.server = server;
        databases = new(server.AdminConnectionString, host.Options.Time);
    }

    private IEnumerable<Contract> Contracts => host.Contracts.All.Where(contract => DemoCatalog.Databases.Contains(contract.Source));

    private TimeProvider Time => host.Options.Time;

    public static async Task<DemoRun> StartAsync(LakeHost host, DemoRequest request, Action<string> note, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(note);
        await RefuseUsedHomeAsync(host, cancellationToken);
        note("Starts a private MariaDB (fetched once, kept in the tools folder).");
        var server = await MariaDbServer.StartAsync(new() { DataDir = Path.Combine(host.Options.Home.Folder, "mariadb") }, cancellationToken);
        var demo = new DemoRun(host, request, note, server);
        try
        {
            await demo.FillAsync(cancellationToken);
            return demo;
        }
        catch
        {
            await demo.DisposeAsync();
            throw;
        }
    }

    public Task<IReadOnlyList<FeedOutcome>> IngestAllAsync(CancellationToken cancellationToken) =>
        host.Ingest.RunAsync([.. Contracts.Select(contract => contract.Source).Distinct().Select(source => new FeedRequest(source, null))], note, cancellationToken);

    /// <summary>A day's changes. One sale is written meanwhile but committed only after the windows were read: the next window must still have it.</summary>
    public async Task<IReadOnlyList<FeedOutcome>> IngestDayAsync(CancellationToken cancellationToken)
    {
        var since = Time.GetUtcNow();
        await Task.Delay(TimeSpan.FromSeconds(4), Time, cancellationToken);
        var changes = await databases.ApplyDayAsync(request.Seed + 1, since, Time.GetUtcNow(), cancellationToken);
        note($"A day later: {changes.Sum(change => change.Inserted):N0} rows inserted, {changes.Sum(change => change.Updated):N0} updated, {changes.Sum(change => change.Deleted):N0} deleted.");

        // A window ends a lag before the oldest open transaction: the day's changes must be older than that.
        await AfterLagAsync(cancellationToken);
        List<FeedOutcome> outcomes = [];
        await using (var late = await databases.OpenLateSaleAsync(Time.GetUtcNow(), cancellationToken))
        {
            note($"Order {late.OrderId} is being written and not committed yet: windows of 'oms' must stop before it.");
            await AfterLagAsync(cancellationToken);
            outcomes.AddRange(await IngestAllAsync(cancellationToken));
            await late.CommitAsync(cancellationToken);
            note($"Order {late.OrderId} is committed now, with its older time; the next windows must bring it.");
        }

        await AfterLagAsync(cancellationToken);
        outcomes.AddRange(await host.Ingest.RunAsync([new(DemoCatalog.Oms, null)], note, cancellationToken));
        return outcomes;
    }

    public async Task<IReadOnlyList<TableComparison>> CompareAsync(CancellationToken cancellationToken)
    {
        var comparison = new SourceComparison(host.Warehouse, host.Quarantine, server.AdminConnectionString);
        var compared = new List<TableComparison>();
        foreach (var contract in Contracts)
        {
            compared.AddRange(await comparison.CompareAsync(contract, cancellationToken));
        }

        return compared;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private static async Task RefuseUsedHomeAsync(LakeHost host, CancellationToken cancellationToken)
    {
        var used = (await host.Loads.LatestAsync(null, 1000, cancellationToken)).FirstOrDefault(load => DemoCatalog.Databases.Contains(load.Contract.Split('.')[0]));
        if (used is not null)
        {
            throw new CommandRefusedException(
                $"Found loads of '{used.Contract}' in '{host.Options.Home.Folder}' already; the demo makes its databases anew and needs a home without them.",
                "Nothing was changed.", "Name a new folder with --home, or delete that one.");
        }
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        if (!Contracts.Any())
        {
            throw new ContractInvalidException(
                $"Found no contract of {string.Join(", ", DemoCatalog.Databases.Select(name => $"'{name}'"))} in {string.Join(", ", host.Options.ContractFolders)}.", "Nothing was started.", "Restore contracts/.");
        }

        var started = Time.GetTimestamp();
        note($"Fills {string.Join(", ", DemoCatalog.Databases)} with {request.OrderLines:N0} order lines, seed {request.Seed}.");
        await databases.FillAsync(request.OrderLines, request.Seed, cancellationToken);
        note($"Filled in {Time.GetElapsedTime(started).TotalSeconds:N1} s.");
        var login = server.Reader();
        SecretsFile.Set(host.Options.Home, Contracts.Select(contract => contract.Server.Secret).Distinct().Select(secret => KeyValuePair.Create<string, JsonNode?>(secret, new JsonObject
        {
            ["host"] = login.Server, ["port"] = login.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), ["username"] = login.UserID, ["password"] = login.Password, ["sslMode"] = "None",
        })));
    }

    private Task AfterLagAsync(CancellationToken cancellationToken) =>
        Task.Delay(TimeSpan.FromSeconds(Contracts.Max(contract => contract.Extract.LagSeconds) + 2), Time, cancellationToken);
}
