using System.Globalization;
using System.Text.Json.Nodes;
using RetailLake.Core.Errors;
using RetailLake.Local.Demo.Files;
using RetailLake.Local.Home;
using RetailLake.Local.Running;
using RetailLake.Local.Servers;

namespace RetailLake.Local.Demonstration;

/// <summary>
/// The demo's files: POSLogs on a real FTP server with TLS, cash counts on a real SFTP server, and what GP and two utilities upload. Pulls and
/// uploads go the way of any drop: landed, announced, loaded.
/// </summary>
public sealed class FileDemo : IAsyncDisposable
{
    private static readonly string[] Pulled = ["poslog", "crt"];
    private static readonly string[] Uploaded = ["gp", "util"];

    private readonly LakeHost host;
    private readonly Action<string> note;
    private readonly string staging;
    private readonly FtpServer ftp;
    private readonly SftpServer sftp;
    private readonly DemoDrops files;
    private readonly List<DemoDrop> delivered = [];

    private FileDemo(LakeHost host, DemoRequest request, Action<string> note, FtpServer ftp, SftpServer sftp)
    {
        (this.host, this.note, this.ftp, this.sftp) = (host, note, ftp, sftp);
        staging = Path.Combine(host.Options.Home.Folder, "senders");
        files = new(new(request.Seed, Math.Max(request.OrderLines, 10_000), Scale: (int)Math.Clamp(request.OrderLines / 100_000, 1, 10)));
    }

    private DateOnly Today => DateOnly.FromDateTime(host.Options.Time.GetUtcNow().AddHours(5.5).Date);

    public static async Task<FileDemo> StartAsync(LakeHost host, DemoRequest request, Action<string> note, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(note);
        note("Starts a private vsftpd with TLS and a private OpenSSH server for the senders' files.");
        var home = host.Options.Home.Folder;
        var ftp = await FtpServer.StartAsync(new() { Folder = Path.Combine(home, "ftp"), StateDir = Path.Combine(home, "ftp-state"), Tls = true }, host.Options.Time, cancellationToken);
        try
        {
            var sftp = await SftpServer.StartAsync(new() { Folder = Path.Combine(home, "sftp"), StateDir = Path.Combine(home, "sftp-state") }, cancellationToken);
            SecretsFile.Set(host.Options.Home,
            [
                KeyValuePair.Create<string, JsonNode?>("sources/poslog", new JsonObject
                {
                    ["host"] = FtpServer.Host, ["port"] = ftp.Port, ["username"] = ftp.UserName, ["password"] = ftp.Password, ["certificateSha256"] = ftp.CertificateSha256,
                }),
                KeyValuePair.Create<string, JsonNode?>("sources/crt", new JsonObject
                {
                    ["host"] = SftpServer.Host, ["port"] = sftp.Port, ["username"] = sftp.UserName, ["privateKeyFile"] = sftp.ClientKeyPath, ["hostKeySha256"] = sftp.HostKeyFingerprint,
                }),
            ]);
            return new(host, request, note, ftp, sftp);
        }
        catch
        {
            await ftp.DisposeAsync();
            throw;
        }
    }

    /// <summary>Two business days of every sender, then pulls, and all that they set off.</summary>
    public Task<IReadOnlyList<FeedOutcome>> IngestAllAsync(CancellationToken cancellationToken) => DeliverAsync(() =>
    [
        .. files.WriteDay(staging, Today.AddDays(-2)),
        .. files.WriteDay(staging, Today.AddDays(-1)),
    ], cancellationToken);

    /// <summary>What goes wrong on a day: a shop's file is sent again with other content, one is cut, one has a trailer that is off by one, one comes late.</summary>
    public Task<IReadOnlyList<FeedOutcome>> IngestTroubleAsync(CancellationToken cancellationToken) => DeliverAsync(() =>
    [
        files.Write(staging, "gp.grn", 1, Today.AddDays(-1), DemoFault.Restated),
        files.Write(staging, "gp.grn", 2, Today.AddDays(-3), DemoFault.TrailerOffByOne),
        files.Write(staging, "poslog.transaction", 3, Today.AddDays(-3), DemoFault.Cut),
        files.Write(staging, "poslog.transaction", 4, Today.AddDays(-9)),
        files.Write(staging, "crt.till_count", 5, Today.AddDays(-9)),
    ], cancellationToken);

    /// <summary>Each table against what the generator planted, and each refused drop against the ledger.</summary>
    public async Task<IReadOnlyList<TableComparison>> CompareAsync(CancellationToken cancellationToken)
    {
        List<TableComparison> compared = [];
        foreach (var expected in DemoDrop.Published(delivered))
        {
            compared.Add(await PlantedComparison.OfAsync(host, expected, cancellationToken));
        }

        var refused = delivered.Where(drop => drop.Fate == DemoFate.Refused).Select(drop => $"{drop.Name} {drop.RefusalCode}").Order(StringComparer.Ordinal).ToList();
        var found = (await host.DropReports.ListAsync(null, 10_000, cancellationToken)).Where(drop => drop.State == "refused").Select(drop => $"{drop.Name} {drop.Why?.Split(':')[0]}").Order(StringComparer.Ordinal).ToList();
        compared.Add(new("refused drops", refused.Count, found.Count, 0, 0, [.. refused.Except(found).Select(drop => $"'{drop}' is missing"), .. found.Except(refused).Select(drop => $"'{drop}' was not expected")]));
        return compared;
    }

    public async ValueTask DisposeAsync()
    {
        await sftp.DisposeAsync();
        await ftp.DisposeAsync();
    }

    private async Task<IReadOnlyList<FeedOutcome>> DeliverAsync(Func<IReadOnlyList<DemoDrop>> write, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(staging);
        var known = (await LoadsAsync(cancellationToken)).Select(load => load.Execution).ToHashSet(StringComparer.Ordinal);
        var drops = write();
        foreach (var drop in drops)
        {
            Deliver(drop);
        }

        delivered.AddRange(drops);
        note(string.Create(CultureInfo.InvariantCulture, $"{drops.Count} files of {drops.Select(drop => drop.Contract).Distinct().Count()} senders lie ready, {drops.Sum(drop => drop.Bytes) / 1e6:N1} MB; a pull looks twice at files that only have to settle, some seconds apart."));
        await Task.WhenAll(Pulled.Select(source => PullAsync(source, cancellationToken)));
        await host.SettleAsync(cancellationToken);

        // What landed has started its feeds by itself; a sweep as of a schedule finds what is left, which is nothing.
        var swept = await host.Ingest.RunAsync([.. Pulled.Concat(Uploaded).Select(source => new FeedRequest(source, null))], _ => { }, cancellationToken);
        var loads = (await LoadsAsync(cancellationToken)).Where(load => !known.Contains(load.Execution)).OrderBy(load => load.Contract, StringComparer.Ordinal).ThenBy(load => load.Ordinal);
        return [.. loads.Select(Outcome), .. swept.Where(outcome => outcome.Load is null && !outcome.Succeeded)];
    }

    private async Task<IReadOnlyList<LoadReport>> LoadsAsync(CancellationToken cancellationToken) =>
        [.. (await host.Loads.LatestAsync(null, 1_000, cancellationToken)).Where(load => files.Contracts.Contains(load.Contract))];

    private FeedOutcome Outcome(LoadReport load)
    {
        var machine = SourceMachines.NameOf(load.Contract.Split('.')[0]);
        var over = host.Executions.Show($"{machine}/{load.Execution}").Summary;
        return new(load.Contract, load.Execution, machine, over.Status, "Loaded", null, over.Error, over.Cause, load, (over.Stopped ?? over.Started) - over.Started);
    }

    private void Deliver(DemoDrop drop)
    {
        var target = drop.Contract switch
        {
            "poslog.transaction" => Path.Combine(ftp.Folder, "out", "poslog"),
            "crt.till_count" => Path.Combine(sftp.Folder, "out", "crt"),
            _ => Path.Combine(host.Options.Home.Lake, "drops", drop.Contract.Replace('.', Path.DirectorySeparatorChar)),
        };
        Directory.CreateDirectory(target);
        foreach (var file in drop.Files)
        {
            File.Move(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
        }
    }

    private async Task PullAsync(string source, CancellationToken cancellationToken)
    {
        var machine = SourceMachines.PullOf(source);
        var over = await host.Executions.WaitAsync(await host.Executions.StartAsync(machine, host.NewExecutionName(), "{}"), cancellationToken);
        if (!over.Succeeded)
        {
            throw new SourceUnavailableException(
                $"Found that '{machine}' ended {over.Status} with {over.Error}: {over.Cause}", "Files that were fetched before stay landed.", $"lake executions show {machine}/{over.Name}");
        }

        note($"{machine}: done");
    }
}
