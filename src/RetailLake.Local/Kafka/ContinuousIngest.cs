using System.Collections.Concurrent;
using System.Threading.Channels;

namespace RetailLake.Local.Kafka;

/// <summary>
/// Starts a feed's execution when records of it landed, and the next one when that is over and more landed meanwhile, or was more than it took. On AWS the
/// schedule does this, at the pace that a warehouse's bill allows.
/// </summary>
/// <param name="ingest">Starts the feed and waits for its end; false: it failed.</param>
/// <param name="moreWaits">Whether landed records wait that the execution did not take: more than its share, or landed after its plan.</param>
internal sealed class ContinuousIngest(
    Func<StreamTopic, CancellationToken, Task<bool>> ingest, Func<StreamTopic, CancellationToken, Task<bool>> moreWaits, TimeProvider time, Action<string> log) : IAsyncDisposable
{
    private static readonly Backoff Pause = new(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(2));

    private readonly ConcurrentDictionary<string, Feed> feeds = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource stopping = new();

    public bool IsIdle => feeds.Values.All(feed => !feed.IsBusy && feed.Wake.Reader.Count == 0);

    public void Landed(StreamTopic topic)
    {
        var feed = feeds.GetOrAdd(topic.Contract, _ =>
        {
            Feed made = new();
            made.Running = Task.Run(() => RunAsync(topic, made));
            return made;
        });
        feed.Wake.Writer.TryWrite(true);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(feeds.Values.Select(feed => feed.Running));
        stopping.Dispose();
    }

    private async Task RunAsync(StreamTopic topic, Feed feed)
    {
        var failures = 0;
        try
        {
            while (await feed.Wake.Reader.WaitToReadAsync(stopping.Token))
            {
                // Before the wake is taken: no look may find neither.
                feed.IsBusy = true;
                _ = feed.Wake.Reader.TryRead(out _);
                failures = await IsLoadedAsync(topic, feed) ? 0 : failures + 1;
                feed.IsBusy = false;
                if (failures > 0)
                {
                    // A failure is for people to mend; more records are a reason to try again, but not at once.
                    var pause = Pause.After(failures);
                    log($"kafka: '{topic.Contract}' failed {failures} time(s) in a row; what lands starts it again in {pause.TotalSeconds:0} s");
                    await Task.Delay(pause, time, stopping.Token);
                }
            }
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            // What landed and is not loaded is found by the next plan.
            log($"kafka: '{topic.Contract}' is started no more");
        }
    }

    /// <summary>Nobody waits for this loop: whatever an execution's start or end throws is a failure like another.</summary>
    private async Task<bool> IsLoadedAsync(StreamTopic topic, Feed feed)
    {
        try
        {
            var isLoaded = await ingest(topic, stopping.Token);

            // Records that landed meanwhile start the next turn themselves.
            if (isLoaded && feed.Wake.Reader.Count == 0 && await moreWaits(topic, stopping.Token))
            {
                feed.Wake.Writer.TryWrite(true);
            }

            return isLoaded;
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            log($"kafka: '{topic.Contract}' was not loaded: {e.GetType().Name}: {e.Message}");
            return false;
        }
    }

    private sealed class Feed
    {
        public Channel<bool> Wake { get; } = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

        public Task Running { get; set; } = Task.CompletedTask;

        public volatile bool IsBusy;
    }
}
