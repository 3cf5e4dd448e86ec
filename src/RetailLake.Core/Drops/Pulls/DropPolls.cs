using RetailLake.Core.Contracts;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;

namespace RetailLake.Core.Drops.Pulls;

/// <summary>Looks into the senders' folders of one source.</summary>
public sealed class DropPolls(IDropServers servers, ILake lake, TimeProvider time)
{
    /// <summary>A folder with more is no drop folder; its listing would not fit into memory.</summary>
    private const int MaxEntries = 1_000_000;

    /// <param name="pass">An execution may look again after files have settled; each pass keeps the list it made first.</param>
    public async Task<PullPass> ListAsync(string source, IEnumerable<Contract> feeds, string execution, int pass, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(feeds);
        var findings = new PullFindings();
        foreach (var folder in feeds.Where(servers.Serves).GroupBy(feed => (feed.Server.Location, feed.Server.Secret)))
        {
            findings.Add(await LookAsync([.. folder], cancellationToken));
        }

        var key = PullKeys.List(source, execution, pass);
        var (items, _) = await lake.WriteOnceAsync(key, findings.Ready, cancellationToken);
        return new(key, items.Count, findings);
    }

    private async Task<PullFindings> LookAsync(IReadOnlyList<Contract> feeds, CancellationToken cancellationToken)
    {
        await using var server = await servers.OpenAsync(feeds[0], cancellationToken);
        var entries = new List<ServerEntry>();
        await foreach (var entry in server.ListAsync(cancellationToken))
        {
            entries.Add(entries.Count < MaxEntries ? entry : throw new Errors.NotSupportedByLakeException(
                $"Found more than {MaxEntries:N0} files in '{server.Place}'.", "Nothing was taken.", "Ask the sender to clear the folder, or to put drops into a folder of their own."));
        }

        var findings = new PullFindings();
        foreach (var feed in feeds)
        {
            findings.Add(await new PullFolder(feed, entries, server, lake, time).FindAsync(cancellationToken));
        }

        return findings;
    }
}

/// <param name="Key">Of the list of <see cref="PullItem"/>s.</param>
/// <param name="Drops">How many are in it.</param>
public sealed record PullPass(string Key, int Drops, PullFindings Findings);
