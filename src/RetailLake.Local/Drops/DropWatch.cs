using System.Threading.Channels;
using RetailLake.Core.Drops;
using RetailLake.Core.Drops.Intake;
using RetailLake.Core.Errors;
using RetailLake.Core.Lake;

namespace RetailLake.Local.Drops;

/// <summary>
/// Notices what appears under <c>drops/</c>: objects of this process and files that others put there. The folder itself is the truth, swept every few
/// seconds; the system's change events only make a sweep come sooner, so a lost one loses nothing.
/// </summary>
/// <remarks>An object is announced when it is first seen, and again whenever it was written to since: a file that was still growing at its first announcement.</remarks>
internal sealed class DropWatch(ILake lake, IUploads uploads, string folder, Action<AnnouncedObject> announce, TimeProvider time, Action<string> log) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Calm = TimeSpan.FromMilliseconds(100);

    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly SemaphoreSlim turn = new(1);
    private Dictionary<string, string> seen = new(StringComparer.Ordinal);
    private FileSystemWatcher? watcher;
    private int announced;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        Listen();
        while (true)
        {
            await SweepAsync(cancellationToken);
            await NextAsync(cancellationToken);
        }
    }

    /// <summary>Announces what is new since the last sweep.</summary>
    /// <returns>How many objects that were.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            announced = 0;
            Dictionary<string, string> now = new(StringComparer.Ordinal);
            await LookAsync("drops/", now, async () =>
            {
                foreach (var source in Folders("", now))
                {
                    await LookAsync($"drops/{source}/", now, async () =>
                    {
                        foreach (var feed in Folders(source, now))
                        {
                            await LookAsync(DropRecords.Folder(source, feed), now, () => SweepAsync(source, feed, now, cancellationToken));
                        }
                    });
                }
            });
            seen = now;
            return announced;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose()
    {
        watcher?.Dispose();
        turn.Dispose();
    }

    /// <summary>A folder that cannot be looked into hides no other one, and is told once. What was seen in it stays seen, or each sweep would announce it again.</summary>
    private async Task LookAsync(string place, Dictionary<string, string> now, Func<Task> look)
    {
        try
        {
            await look();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or LakeException)
        {
            foreach (var (key, version) in seen.Where(known => known.Key.StartsWith(place, StringComparison.Ordinal)))
            {
                now.TryAdd(key, version);
            }

            now[place] = e.Message;
            if (seen.GetValueOrDefault(place) != e.Message)
            {
                log($"drops: '{place}' was not looked into: {e.Message}");
            }
        }
    }

    private async Task SweepAsync(string source, string feed, Dictionary<string, string> now, CancellationToken cancellationToken)
    {
        await foreach (var id in DropRecords.ListIdsAsync(lake, source, feed, cancellationToken))
        {
            See(DropRecords.KeyOf(source, feed, id), "record", 0, now);
        }

        await foreach (var upload in uploads.ListAsync(source, feed, cancellationToken))
        {
            if (upload.Oddity is { } oddity)
            {
                Tell($"{DropRecords.Folder(source, feed)}{upload.Name}", oddity, now);
            }
            else
            {
                // Once more when it has been calm: till then intake may have waited for its trailer.
                var version = time.GetUtcNow() - upload.Modified < DropIntake.Calm ? $"{upload.Version} young" : upload.Version;
                See($"{DropRecords.Folder(source, feed)}{upload.Name}", version, upload.Bytes, now);
            }
        }
    }

    private void See(string key, string version, long bytes, Dictionary<string, string> now)
    {
        now[key] = version;
        if (seen.GetValueOrDefault(key) != version)
        {
            announced++;
            announce(new(key, bytes));
        }
    }

    /// <summary>What no feed can have is told once.</summary>
    private void Tell(string key, string why, Dictionary<string, string> now)
    {
        now[key] = why;
        if (seen.GetValueOrDefault(key) != why)
        {
            log($"drops: '{Shown.Of(key)}' {why}; it is refused and stays there");
        }
    }

    private IEnumerable<string> Folders(string below, Dictionary<string, string> now)
    {
        foreach (var entry in new DirectoryInfo(Path.Join(folder, below)).EnumerateFileSystemInfos())
        {
            if (entry is DirectoryInfo && entry.LinkTarget is null && LakeKey.IsValid(entry.Name))
            {
                yield return entry.Name;
            }
            else
            {
                Tell($"drops/{below}{(below.Length > 0 ? "/" : "")}{entry.Name}", "lies in no feed's folder (drops/<source>/<feed>/)", now);
            }
        }
    }

    private void Listen()
    {
        try
        {
            watcher = new(folder) { IncludeSubdirectories = true, InternalBufferSize = 1 << 16, NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size };
            watcher.Created += (_, _) => wake.Writer.TryWrite(true);
            watcher.Changed += (_, _) => wake.Writer.TryWrite(true);
            watcher.Renamed += (_, _) => wake.Writer.TryWrite(true);
            watcher.Error += (_, _) => wake.Writer.TryWrite(true);
            watcher.EnableRaisingEvents = true;
        }
        catch (IOException e)
        {
            log($"drops: no change events ({e.Message}); the folder is swept every {Interval.TotalSeconds:0} s");
        }
    }

    private async Task NextAsync(CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(wake.Reader.WaitToReadAsync(over.Token).AsTask(), Task.Delay(Interval, time, over.Token));
        cancellationToken.ThrowIfCancellationRequested();
        await over.CancelAsync();

        // A copy raises an event per block: let it go on a little before looking. One sweep sees all of it.
        await Task.Delay(Calm, time, cancellationToken);
        _ = wake.Reader.TryRead(out _);
    }
}
