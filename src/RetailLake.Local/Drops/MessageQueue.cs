using System.Text.Json;
using System.Text.Json.Nodes;
using RetailLake.Local.Templates;

namespace RetailLake.Local.Drops;

/// <summary>A message of a queue in this process.</summary>
internal sealed record QueuedMessage(string Id, string Body, DateTimeOffset SentAt, int ReceiveCount)
{
    public DateTimeOffset VisibleAt { get; init; }
}

/// <summary>
/// SQS and Lambda's poller for one reader: at least once, in no promised order, failed messages again until they go to the dead letters.
/// </summary>
/// <remarks>
/// It lives in memory: what it stands for lies in the lake and is announced again at the next start. Two of AWS's times are shorter, as nobody waits
/// for another reader here: a failed message comes again after seconds, and a batch is filled for at most half a second.
/// </remarks>
internal sealed class MessageQueue(
    LocalQueueReader reader, Func<string, byte[], CancellationToken, Task<byte[]?>> invoke, Func<QueuedMessage, bool> bury, TimeProvider time, Action<string> log)
    : IDisposable
{
    private static readonly TimeSpan LongestWindow = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private readonly List<QueuedMessage> messages = [];
    private readonly SemaphoreSlim arrived = new(0);
    private bool isReading;

    /// <summary>Nothing is being read, and nothing is to be read now; what failed and waits for its next turn does not count.</summary>
    public bool IsIdle
    {
        get
        {
            lock (gate)
            {
                var now = time.GetUtcNow();
                return !isReading && messages.All(message => message.VisibleAt > now);
            }
        }
    }

    /// <summary>Not even a message that waits for its next turn.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (gate)
            {
                return !isReading && messages.Count == 0;
            }
        }
    }

    public string Arn => reader.Queue.Arn;

    public void Send(string body)
    {
        var now = time.GetUtcNow();
        lock (gate)
        {
            messages.Add(new(Guid.NewGuid().ToString(), body, now, 0) { VisibleAt = now });
        }

        arrived.Release();
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await WaitAsync(cancellationToken);
            if (Backlog() < reader.BatchSize)
            {
                await Task.Delay(reader.Window < LongestWindow ? reader.Window : LongestWindow, time, cancellationToken);
            }

            if (Take() is { Count: > 0 } batch)
            {
                await ReadAsync(batch, cancellationToken);
            }
        }
    }

    public void Dispose() => arrived.Dispose();

    private async Task ReadAsync(List<QueuedMessage> batch, CancellationToken cancellationToken)
    {
        var answer = await invoke(reader.FunctionArn, System.Text.Encoding.UTF8.GetBytes(DropMessages.Batch(reader.Queue, batch).ToJsonString()), cancellationToken);
        var failed = Failed(answer, batch);
        foreach (var message in batch.Where(message => failed.Contains(message.Id)))
        {
            if (reader.Queue.MaxReceiveCount > 0 && message.ReceiveCount >= reader.Queue.MaxReceiveCount && bury(message))
            {
                continue;
            }

            lock (gate)
            {
                messages.Add(message with { VisibleAt = time.GetUtcNow() + Min(Pause * message.ReceiveCount, reader.Queue.VisibilityTimeout) });
            }
        }

        lock (gate)
        {
            isReading = false;
        }
    }

    /// <summary>As Lambda reads the answer: no answer, or one that names an unknown message, means that all failed.</summary>
    private HashSet<string> Failed(byte[]? answer, List<QueuedMessage> batch)
    {
        var all = batch.Select(message => message.Id).ToHashSet(StringComparer.Ordinal);
        if (answer is null)
        {
            return all;
        }

        if (!reader.ReportsItems)
        {
            return [];
        }

        try
        {
            var named = ((JsonNode.Parse(answer)?["batchItemFailures"] as JsonArray) ?? []).Select(item => item?["itemIdentifier"]?.GetValue<string>() ?? "").ToHashSet(StringComparer.Ordinal);
            return named.IsSubsetOf(all) ? named : all;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            log($"queue {reader.Queue.Name}: the reader's answer names no messages ({e.Message}); all {batch.Count} come again");
            return all;
        }
    }

    private List<QueuedMessage> Take()
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            var batch = messages.Where(message => message.VisibleAt <= now).Take(reader.BatchSize).Select(message => message with { ReceiveCount = message.ReceiveCount + 1 }).ToList();
            var ids = batch.Select(message => message.Id).ToHashSet(StringComparer.Ordinal);
            messages.RemoveAll(message => ids.Contains(message.Id));
            isReading = batch.Count > 0;
            return batch;
        }
    }

    private int Backlog()
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            return messages.Count(message => message.VisibleAt <= now);
        }
    }

    /// <summary>Until something may be visible.</summary>
    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        while (Backlog() == 0)
        {
            DateTimeOffset? next;
            lock (gate)
            {
                next = messages.Count == 0 ? null : messages.Min(message => message.VisibleAt);
            }

            using var woken = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var arrival = arrived.WaitAsync(woken.Token);
            var due = next is { } at ? Task.Delay(Max(at - time.GetUtcNow(), TimeSpan.FromMilliseconds(1)), time, woken.Token) : Task.Delay(Timeout.InfiniteTimeSpan, time, woken.Token);
            await Task.WhenAny(arrival, due);
            cancellationToken.ThrowIfCancellationRequested();
            await woken.CancelAsync();
        }

        while (arrived.Wait(0, CancellationToken.None))
        {
            // One look takes all that arrived.
        }
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
