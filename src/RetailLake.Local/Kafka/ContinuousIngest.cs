using System.Collections.Concurrent;
using System.Threading.Channels;

namespace RetailLake.Local.Kafka;

/// <summary>
/// Starts a feed's execution when records of it landed, and the next one when that is over and more landed meanwhile. On AWS the schedule does this,
/// at the pace that a warehouse's bill allows.
/// </summary>
/// <param name="ingest">Starts the feed and waits for its end; false: it failed.</param>
internal sealed class ContinuousIngest(Func<StreamTopic, CancellationToken, Task<bool>> ingest, TimeProvider time, Action<string> log) : IAsyncDisposable
{
    private static readonly Backoff Pause = new(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(2));

    private readonly ConcurrentDictionary<string, Feed> feeds = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource stopping = new();

    public bool IsIdle => feeds.Values.All(feed => !feed.IsBusy);

    public void Landed(StreamTopic topic)
    {
        var feed = feeds.GetOrAdd(topic.Contract, _ =>
        {
            Feed made = new();
            made.Running = Task.Run(() => RunAsync(topic, made));
            return made;
        });
        feed.IsBusy = true;
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
                _ = feed.Wake.Reader.TryRead(out _);
                failures = await ingest(topic, stopping.Token) ? 0 : failures + 1;
                feed.IsBusy = feed.Wake.Reader.TryPeek(out _);
                if (failures > 0)
                {
                    // A failure is for people to mend; more records are a reason to try again, but not at once.
                    var pause = Pause.After(failures);
                    log($"kafka: '{topic.Contract}' failed {failures} time(s) in a row; what lands starts it again in {pause.TotalSeconds:0} s");
                    await Task.Delay(pause, time, stopping.Token);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // What landed and is not loaded is found by the next plan.
            log($"kafka: '{topic.Contract}' is started no more");
        }
    }

    private sealed class Feed
    {
        public Channel<bool> Wake { get; } = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

        public Task Running { get; set; } = Task.CompletedTask;

        public volatile bool IsBusy;
    }
}
