using RetailLake.Core.Contracts;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;

namespace RetailLake.Core.Drops.Pulls;

/// <summary>One listing of a sender's folder, seen from one feed: which of its files are complete and not taken yet.</summary>
public sealed class PullFolder(Contract contract, IReadOnlyList<ServerEntry> entries, IDropServer server, ILake lake, TimeProvider time)
{
    private readonly PullKeys keys = new(contract.Source, contract.Feed);
    private readonly DropSpec spec = contract.Drop!;
    private readonly Dictionary<string, ServerEntry> byName = ByName(entries);
    private readonly ProofFile? proofs = FetchProof.FileOf(contract.Drop!.Proof);
    private readonly PullFindings findings = new();

    public async Task<PullFindings> FindAsync(CancellationToken cancellationToken)
    {
        var wanted = Wanted();
        var files = new List<(RemoteName Name, FileState State)>(wanted.Count);
        foreach (var entry in wanted)
        {
            if (await StateOfAsync(entry, cancellationToken) is { } state)
            {
                files.Add((entry.Name, state));
            }
        }

        var seen = await SeenAsync(files, cancellationToken);
        foreach (var (name, state) in files.OrderBy(file => file.State.Modified).ThenBy(file => file.Name.Raw, StringComparer.Ordinal))
        {
            var id = PullKeys.FileId(name, state);
            var companion = seen.Contains(id) ? null : await CompanionAsync(name, cancellationToken);
            if (seen.Contains(id) || (companion is not null && seen.Contains(PullKeys.RefusedId(id, companion.State))))
            {
                findings.Known++;
            }
            else
            {
                await JudgeAsync(keys.Noticed(id, state), name, state, companion, cancellationToken);
            }
        }

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

    private async Task JudgeAsync(string key, RemoteName name, FileState state, Companion? companion, CancellationToken cancellationToken)
    {
        var (noticed, _) = await lake.WriteOnceAsync(key, new NoticedFile(name, name.Text, state, time.GetUtcNow()), cancellationToken);
        if (spec.Proof.Kind is ProofKind.Trailer or ProofKind.Stable)
        {
            findings.Settle(contract.Feed, key, noticed.At + TimeSpan.FromSeconds(spec.Proof.SettleSeconds) - time.GetUtcNow());
        }
        else if (companion is not null && await IsProvenAsync(companion, state, cancellationToken))
        {
            findings.Ready.Add(new(contract.Feed, key));
        }
        else
        {
            findings.Waiting++;
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

        return reading.Figures is { } figures && (isLater || figures is not { Bytes: null, Sha256: null, Md5: null }) && (figures.Bytes ?? drop.Bytes) == drop.Bytes;
    }

    private async ValueTask<FileState?> StateOfAsync(ServerEntry entry, CancellationToken cancellationToken) =>
        entry.State ?? await server.StateAsync(entry.Name, cancellationToken);

    private sealed record Companion(RemoteName Name, FileState State);
}
