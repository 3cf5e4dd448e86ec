using RetailLake.Core.Lake;
using RetailLake.Local.Invocation;
using RetailLake.Local.Running;
using RetailLake.Local.Templates;

namespace RetailLake.Local.Drops;

/// <summary>"Landed means notified" on one machine: the template's bucket notifications, topics, queues and readers over the lake's folder.</summary>
public sealed class DropChain : IAsyncDisposable
{
    private readonly IReadOnlyList<LocalNotification> notifications;
    private readonly List<MessageQueue> queues;
    private readonly TimeProvider time;
    private readonly DropWatch watch;
    private readonly CancellationTokenSource stopping = new();
    private readonly Action<string> log;
    private Task running = Task.CompletedTask;

    internal DropChain(LocalApplication application, FunctionHost functions, ILake lake, HostOptions options, Action<string> log)
    {
        notifications = application.Notifications;
        time = options.Time;
        this.log = log;
        DeadLetters = new(options.Home);
        queues = [.. application.QueueReaders.Select(reader => new MessageQueue(
            reader, async (arn, payload, stop) => (await functions.InvokeAsync(arn, payload, stop)) is { Error: null } result ? result.Payload : null,
            message => Bury(reader.Queue, message), time, log))];
        watch = new(lake, new FileSystemUploads(lake, time), Path.Combine(options.Home.Lake, "drops"), Announce, time, log);
    }

    /// <summary>A message went to the dead letters; the text says what to do.</summary>
    public event Action<string>? Warned;

    public DeadLetters DeadLetters { get; }

    public bool IsIdle => queues.All(queue => queue.IsIdle);

    /// <summary>Begins to announce; everything that lies under <c>drops/</c> is announced at first.</summary>
    internal void Start()
    {
        if (notifications.Count > 0)
        {
            running = Task.WhenAll([RunAsync(watch.RunAsync), .. queues.Select(queue => RunAsync(queue.RunAsync))]);
        }
    }

    /// <summary>Announces what is new, and waits until all of it was dealt with; what failed and waits for its next turn is left.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        if (notifications.Count == 0 || running.IsCompleted)
        {
            return;
        }

        // An upload that is taken in becomes a record, which is announced in turn.
        do
        {
            while (!IsIdle)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellationToken);
            }
        }
        while (await watch.SweepAsync(cancellationToken) > 0);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running;
        watch.Dispose();
        queues.ForEach(queue => queue.Dispose());
        stopping.Dispose();
    }

    private void Announce(AnnouncedObject announced)
    {
        foreach (var notification in notifications.Where(notification =>
            announced.Key.StartsWith(notification.Prefix, StringComparison.Ordinal) && announced.Key.EndsWith(notification.Suffix, StringComparison.Ordinal)))
        {
            var body = DropMessages.Of(notification, announced, time.GetUtcNow());
            foreach (var queue in queues.Where(queue => queue.Arn == notification.QueueArn))
            {
                queue.Send(body);
            }
        }
    }

    private bool Bury(LocalQueue queue, QueuedMessage message)
    {
        try
        {
            DeadLetters.Add(queue.Name, message, time.GetUtcNow());
        }
        catch (IOException e)
        {
            log($"queue {queue.Name}: no dead letter could be written, the message comes again: {e.Message}");
            return false;
        }

        var warning = $"A landed file could not be dealt with {message.ReceiveCount} times. It lies in the lake as it was; the message is in '{DeadLetters.PathOf(queue.Name)}'. "
            + "Look into the log and into 'lake drops', mend the cause, then start lake again: everything under drops/ is announced anew.";
        log($"queue {queue.Name}: {warning}");
        Warned?.Invoke(warning);
        return true;
    }

    private async Task RunAsync(Func<CancellationToken, Task> part)
    {
        try
        {
            await part(stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // What was on its way is announced again at the next start.
            log("drops: the chain stopped");
        }
    }
}
