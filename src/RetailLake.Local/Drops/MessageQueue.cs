using System.Text.Json;
using System.Text.Json.Nodes;
using RetailLake.Local.Templates;

namespace RetailLake.Local.Drops;

/// <summary>A message of a queue in this process.</summary>
internal sealed record QueuedMessage(string Id, string Body, DateTimeOffset SentAt, int ReceiveCount);

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
    private readonly Queue<QueuedMessage> visible = [];
    private readonly SemaphoreSlim arrived = new(0);
    private int reading;
    private int waiting;

    public string Arn => reader.Queue.Arn;

    /// <summary>Nothing is being read, and nothing is to be read now; what failed and waits for its next turn does not count.</summary>
    public bool IsIdle
    {
        get
        {
            lock (gate)
            {
                return reading + visible.Count == 0;
            }
        }
    }

    /// <summary>Nothing is left at all.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (gate)
            {
                return reading + visible.Count + waiting == 0;
            }
        }
    }

    public void Send(string body) => Show(new(Guid.NewGuid().ToString(), body, time.GetUtcNow(), 0));

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await arrived.WaitAsync(cancellationToken);
            await Task.Delay(reader.Window < LongestWindow ? reader.Window : LongestWindow, time, cancellationToken);
            while (Take() is { Count: > 0 } batch)
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
        var again = batch.Where(message => failed.Contains(message.Id) && !(IsLastTry(message) && bury(message))).ToList();
        lock (gate)
        {
            waiting += again.Count;
            reading = 0;
        }

        again.ForEach(message => _ = ShowLaterAsync(message, cancellationToken));
    }

    private bool IsLastTry(QueuedMessage message) => reader.Queue.MaxReceiveCount > 0 && message.ReceiveCount >= reader.Queue.MaxReceiveCount;

    private async Task ShowLaterAsync(QueuedMessage message, CancellationToken cancellationToken)
    {
        var pause = Pause * message.ReceiveCount;
        await Task.Delay(pause < reader.Queue.VisibilityTimeout ? pause : reader.Queue.VisibilityTimeout, time, cancellationToken);
        Show(message, isBack: true);
    }

    private void Show(QueuedMessage message, bool isBack = false)
    {
        lock (gate)
        {
            visible.Enqueue(message);
            waiting -= isBack ? 1 : 0;
        }

        arrived.Release();
    }

    private List<QueuedMessage> Take()
    {
        lock (gate)
        {
            List<QueuedMessage> batch = [];
            while (batch.Count < reader.BatchSize && visible.TryDequeue(out var message))
            {
                batch.Add(message with { ReceiveCount = message.ReceiveCount + 1 });
            }

            reading = batch.Count;
            return batch;
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
}
