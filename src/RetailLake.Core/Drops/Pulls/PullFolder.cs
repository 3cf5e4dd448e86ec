using RetailLake.Core.Contracts;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;

namespace RetailLake.Core.Drops.Pulls;

/// <summary>One listing of a sender's folder, seen from one feed: which of its files are complete and not taken yet.</summary>
/// <remarks>
/// A server without MLSD is asked for each file by itself, at every poll. What the time does not suffice for is counted and left to a later poll: half of the time is for
/// these questions, half of the rest for what proves files complete, the rest for noting them down.
/// </remarks>
public sealed class PullFolder(Contract contract, IReadOnlyList<ServerEntry> entries, IDropServer server, ILake lake, TimeProvider clock)
{
    /// <summary>What one object of the lake takes: 10,000 parts of 8 MiB on S3.</summary>
    private const long LargestObject = 10_000L * 8 * 1024 * 1024;

    /// <summary>Small objects that are written at once.</summary>
    private const int Writers = 16;

    private readonly PullKeys keys = new(contract.Source, contract.Feed);
    private readonly DropSpec spec = contract.Drop!;
    private readonly Dictionary<string, ServerEntry> byName = ByName(entries);
    private readonly ProofFile? proofs = FetchProof.FileOf(contract.Drop!.Proof);
    private readonly PullFindings findings = new();

    /// <param name="inHand">Keys of files that another pull is at.</param>
    public async Task<PullFindings> FindAsync(IReadOnlySet<string> inHand, PullTime time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(inHand);
        ArgumentNullException.ThrowIfNull(time);
        var files = await StatesAsync(Wanted(), time.Share(2), cancellationToken);
        var seen = await SeenAsync(files, cancellationToken);
        var judging = time.Share(2);
        List<(string Key, NoticedFile File)> found = [];
        foreach (var (name, state) in files.OrderBy(file => file.State.Modified).ThenBy(file => file.Name.Raw, StringComparer.Ordinal))
        {
            var id = PullKeys.FileId(name, state);
            if (seen.Contains(id))
            {
                findings.Known++;
            }
            else if (judging.IsOver)
            {
                findings.Postponed++;
            }
            else if (await IsFoundAsync(id, name, state, inHand, seen, cancellationToken))
            {
                found.Add((keys.Noticed(id, state), new(name, name.Text, state, clock.GetUtcNow())));
            }
        }

        await NoticeAsync(found, time, cancellationToken);
        return findings;
    }

    /// <summary>A listing may tell a file twice.</summary>
    private static Dictionary<string, ServerEntry> ByName(IReadOnlyList<ServerEntry> entries)
    {
        var byName = new Dictionary<string, ServerEntry>(entries.Count, StringComparer.Ordinal);
        foreach (var entry in entries.Where(entry => entry.IsFile))
        {
            byName.TryAdd(entry.Name.Raw, entry);
        }

        return byName;
    }

    /// <summary>Files that the contract names, without markers and control files.</summary>
    private List<ServerEntry> Wanted()
    {
        var texts = new HashSet<string>(StringComparer.Ordinal);
        var wanted = new List<ServerEntry>();
        foreach (var entry in byName.Values)
        {
            if (entry.Name.Problem is not null)
            {
                findings.RefusedNames++;
            }
            else if (proofs?.IsProof(entry.Name.Raw) != true && DropVersions.Of(spec, entry.Name.Text, DateTimeOffset.UnixEpoch) is not null)
            {
                // Two names that read alike would be versions of one file.
                if (texts.Add(entry.Name.Text))
                {
                    wanted.Add(entry);
                }
                else
                {
                    findings.RefusedNames++;
                }
            }
        }

        return wanted;
    }

    private async Task<HashSet<string>> SeenAsync(List<(RemoteName Name, FileState State)> files, CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var folder in files.Select(file => keys.SeenFolder(file.State.Modified)).Distinct(StringComparer.Ordinal))
        {
            await foreach (var key in lake.ListAsync(folder, cancellationToken))
            {
                seen.Add(Path.GetFileNameWithoutExtension(key[folder.Length..]));
            }
        }

        return seen;
    }

    private async Task<Companion?> CompanionAsync(RemoteName name, CancellationToken cancellationToken) =>
        proofs is not null && byName.GetValueOrDefault(proofs.NameFor(name.Raw)) is { Name.Problem: null } entry && await StateOfAsync(entry, cancellationToken) is { } state
            ? new(entry.Name, state)
            : null;

    /// <summary>Begins elsewhere each time: what the time did not suffice for comes first once.</summary>
    private async Task<List<(RemoteName Name, FileState State)>> StatesAsync(List<ServerEntry> wanted, PullTime time, CancellationToken cancellationToken)
    {
        var files = new List<(RemoteName Name, FileState State)>(wanted.Count);
        var start = wanted.Count == 0 ? 0 : (int)(clock.GetUtcNow().UtcTicks % wanted.Count);
        foreach (var entry in wanted.Skip(start).Concat(wanted.Take(start)))
        {
            if (entry.State is null && time.IsOver)
            {
                findings.Postponed++;
            }
            else if (await StateOfAsync(entry, cancellationToken) is { } state)
            {
                files.Add((entry.Name, state));
            }
        }

        return files;
    }

    private async Task<bool> IsFoundAsync(string id, RemoteName name, FileState state, IReadOnlySet<string> inHand, HashSet<string> seen, CancellationToken cancellationToken)
    {
        var most = Math.Min(spec.MaxBytes, LargestObject);
        if (state.Bytes > most)
        {
            findings.Oversized.Add(new(contract.Feed, name.Text, state.Bytes, most));
            return false;
        }

        if (inHand.Contains(keys.Noticed(id, state)))
        {
            findings.InHand++;
            return false;
        }

        if (proofs is null)
        {
            return true;
        }

        var companion = await CompanionAsync(name, cancellationToken);
        if (companion is not null && seen.Contains(PullKeys.RefusedId(id, companion.State)))
        {
            findings.Known++;
            return false;
        }

        var isProven = companion is not null && await IsProvenAsync(companion, state, cancellationToken);
        findings.Waiting += isProven ? 0 : 1;
        return isProven;
    }

    /// <summary>Written once, so an earlier poll's note says since when a file is as it is.</summary>
    private async Task NoticeAsync(List<(string Key, NoticedFile File)> found, PullTime time, CancellationToken cancellationToken)
    {
        var noticed = new NoticedFile?[found.Count];
        await Parallel.ForAsync(0, found.Count, new ParallelOptions { MaxDegreeOfParallelism = Writers, CancellationToken = cancellationToken }, async (index, stop) =>
        {
            if (!time.IsOver)
            {
                (noticed[index], _) = await lake.WriteOnceAsync(found[index].Key, found[index].File, stop);
            }
        });
        foreach (var (key, file) in found.Zip(noticed, (one, file) => (one.Key, file)))
        {
            if (file is null)
            {
                findings.Postponed++;
            }
            else if (proofs is null)
            {
                findings.Settle(contract.Feed, key, file.At + TimeSpan.FromSeconds(spec.Proof.SettleSeconds) - clock.GetUtcNow());
            }
            else
            {
                findings.Ready.Add(new(contract.Feed, key));
            }
        }
    }

    /// <summary>A marker or a bare row count that is older than the drop was written for another delivery under the same name.</summary>
    private async Task<bool> IsProvenAsync(Companion companion, FileState drop, CancellationToken cancellationToken)
    {
        var isLater = companion.State.Modified >= drop.Modified;
        if (spec.Proof.Control is not { } control)
        {
            return isLater;
        }

        var reading = await ControlReads.ReadAsync(server, companion.Name, companion.State, control, cancellationToken);
        if (reading.IsUnreadable)
        {
            findings.Unreadable.Add(new(contract.Feed, companion.Name.Text));
        }

        return reading.Figures is { } figures && (isLater || figures.NamesItsContent) && (figures.Bytes ?? drop.Bytes) == drop.Bytes;
    }

    private async ValueTask<FileState?> StateOfAsync(ServerEntry entry, CancellationToken cancellationToken) =>
        entry.State ?? await server.StateAsync(entry.Name, cancellationToken);

    private sealed record Companion(RemoteName Name, FileState State);
}
