using System.Runtime.ExceptionServices;
using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;

namespace RetailLake.Core.Drops.Pulls;

/// <summary>Looks into the senders' folders of one source.</summary>
public sealed class DropPolls(IDropServers servers, ILake lake, TimeProvider time)
{
    /// <summary>A folder with more is no drop folder; its listing would not fit into memory.</summary>
    private const int MaxEntries = 1_000_000;

    /// <param name="look">Each keeps the list that it made first.</param>
    /// <exception cref="LakeException">A folder could not be read, and the look does not go on without it or found none that could.</exception>
    public async Task<PullPass> ListAsync(string source, IEnumerable<Contract> feeds, PullLook look, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(feeds);
        ArgumentNullException.ThrowIfNull(look);
        var findings = new PullFindings();
        List<FolderDown> down = [];
        var folders = feeds.Where(servers.Serves).GroupBy(feed => (feed.Server.Location, feed.Server.Secret)).Where(look.Wants).ToList();
        var left = folders.Sum(folder => folder.Count());
        foreach (var folder in folders)
        {
            try
            {
                findings.Add(await LookAsync([.. folder], look, left, cancellationToken));
            }
            catch (LakeException e) when (look.GoesOnWithout(e))
            {
                down.Add(new([.. folder.Select(feed => feed.Feed)], e));
            }

            left -= folder.Count();
        }

        if (down.Count > 0 && down.Count == folders.Count)
        {
            ExceptionDispatchInfo.Throw(down[0].Error);
        }

        var key = PullKeys.List(source, look.Execution, look.Pass);
        var (items, _) = await lake.WriteOnceAsync(key, findings.Ready, cancellationToken);
        return new(key, items.Count, findings, down);
    }

    /// <param name="left">Feeds that have not been looked at, these among them.</param>
    private async Task<PullFindings> LookAsync(IReadOnlyList<Contract> feeds, PullLook look, int left, CancellationToken cancellationToken)
    {
        await using var server = await servers.OpenAsync(feeds[0], cancellationToken);
        var entries = new List<ServerEntry>();
        await foreach (var entry in server.ListAsync(cancellationToken))
        {
            entries.Add(entries.Count < MaxEntries ? entry : throw new NotSupportedByLakeException(
                $"Found more than {MaxEntries:N0} files in '{server.Place}'.", "Nothing was taken.", "Ask the sender to clear the folder, or to put drops into a folder of their own."));
        }

        var findings = new PullFindings();
        foreach (var feed in feeds)
        {
            findings.Add(await new PullFolder(feed, entries, server, lake, time).FindAsync(look.InHand, look.Time.Share(left--), cancellationToken));
        }

        return findings;
    }
}

/// <param name="Key">Of the list of <see cref="PullItem"/>s.</param>
/// <param name="Drops">How many are in it.</param>
/// <param name="Down">Folders that could not be read.</param>
public sealed record PullPass(string Key, int Drops, PullFindings Findings, IReadOnlyList<FolderDown> Down);

/// <param name="Feeds">Whose drops come from the folder.</param>
public sealed record FolderDown(IReadOnlyList<string> Feeds, LakeException Error);
