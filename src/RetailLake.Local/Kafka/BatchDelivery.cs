using RetailLake.Core.Streams;
using RetailLake.Local.Templates;

namespace RetailLake.Local.Kafka;

/// <summary>
/// Gives batches to the function as Lambda's poller would. A partition that failed waits with its records and comes again, ever later; the others go on
/// meanwhile. What the function threw at too often is kept whole, with the reason, and its partition goes on behind it; what the function handed back never is:
/// it said itself that these records are to come again.
/// </summary>
/// <param name="invoke">The function: its answer, or its error.</param>
/// <param name="keep">Writes what failed for good; false: it could not be written, so it is not given up.</param>
internal sealed class BatchDelivery(
    LocalTopicMapping mapping, string bootstrap, Func<byte[], CancellationToken, Task<InvokedBatch>> invoke, Func<FailedBatch, CancellationToken, Task<bool>> keep, TimeProvider time)
{
    private static readonly Backoff Pause = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(30));

    private readonly Dictionary<TopicPartition, Waiting> waiting = [];

    /// <summary>Partitions of which nothing more may be polled now.</summary>
    public IReadOnlyCollection<TopicPartition> Partitions => waiting.Keys;

    /// <returns>The last record of each partition that is done: landed, or given up.</returns>
    public async Task<IReadOnlyDictionary<TopicPartition, PolledRecord>> DeliverAsync(IReadOnlyList<PolledRecord> batch, CancellationToken cancellationToken)
    {
        Dictionary<TopicPartition, PolledRecord> done = [];
        var ready = Queue(batch);
        if (ready.Count > 0)
        {
            var invoked = await InvokeAsync(ready, cancellationToken);
            foreach (var partition in ready.GroupBy(record => record.Of))
            {
                var left = Settle([.. partition], invoked, done);
                if (left.Count > 0)
                {
                    waiting[partition.Key] = new(new([left]), 1, time.GetUtcNow() + Pause.After(1), invoked.Error);
                }
            }
        }

        foreach (var (partition, due) in waiting.Where(pair => pair.Value.Due <= time.GetUtcNow()).ToList())
        {
            await RetryAsync(partition, due, done, cancellationToken);
        }

        return done;
    }

    /// <summary>Forgets what waits: all of it is polled again.</summary>
    public void Clear() => waiting.Clear();

    /// <summary>Records of a partition that waits go behind the waiting ones: landed before them, they would be taken for the end of what landed.</summary>
    private List<PolledRecord> Queue(IReadOnlyList<PolledRecord> batch)
    {
        List<PolledRecord> ready = [];
        foreach (var partition in batch.GroupBy(record => record.Of))
        {
            if (waiting.TryGetValue(partition.Key, out var before))
            {
                before.Chunks.AddLast([.. partition]);
            }
            else
            {
                ready.AddRange(partition);
            }
        }

        return ready;
    }

    private async Task RetryAsync(TopicPartition partition, Waiting due, Dictionary<TopicPartition, PolledRecord> done, CancellationToken cancellationToken)
    {
        var chunk = due.Chunks.First!.Value;
        due.Chunks.RemoveFirst();
        var invoked = await InvokeAsync(chunk, cancellationToken);
        var left = Settle(chunk, invoked, done);
        var attempts = left.Count == 0 ? 1 : due.Attempts + 1;
        if (left.Count > 0 && invoked.Error is { } error && attempts > mapping.Retries + 1 && await keep(new(mapping, bootstrap, left, attempts, error, invoked.RequestId), cancellationToken))
        {
            done[partition] = left[^1];
            (left, attempts) = ([], 1);
        }

        if (left.Count > 1 && invoked.Error is not null && mapping.Bisects)
        {
            due.Chunks.AddFirst(left[(left.Count / 2)..]);
            left = left[..(left.Count / 2)];
        }

        if (left.Count > 0)
        {
            due.Chunks.AddFirst(left);
        }

        if (due.Chunks.Count == 0)
        {
            waiting.Remove(partition);
        }
        else
        {
            waiting[partition] = due with { Attempts = attempts, Due = time.GetUtcNow() + (left.Count == 0 ? TimeSpan.Zero : Pause.After(attempts)), Error = invoked.Error };
        }
    }

    private async Task<(BatchAnswer Answer, string? Error, string RequestId)> InvokeAsync(IReadOnlyList<PolledRecord> batch, CancellationToken cancellationToken)
    {
        var invoked = await invoke(KafkaEvent.Of(mapping.ClusterArn, bootstrap, batch), cancellationToken);
        return (BatchAnswer.Read(invoked.Payload, batch, mapping), invoked.Error, invoked.RequestId);
    }

    /// <returns>The partition's records that come again.</returns>
    private static List<PolledRecord> Settle(List<PolledRecord> records, (BatchAnswer Answer, string? Error, string RequestId) invoked, Dictionary<TopicPartition, PolledRecord> done)
    {
        var from = invoked.Answer.Again.GetValueOrDefault(records[0].Of, long.MaxValue);
        var landed = records.FindLast(record => record.Offset < from);
        if (landed.Of is not null)
        {
            done[landed.Of] = landed;
        }

        return records.FindAll(record => record.Offset >= from);
    }

    /// <param name="Chunks">In the order of their offsets; halves of a batch stand apart.</param>
    private sealed record Waiting(LinkedList<List<PolledRecord>> Chunks, int Attempts, DateTimeOffset Due, string? Error);
}

/// <param name="Payload">Null when the function ended with an error.</param>
internal sealed record InvokedBatch(byte[]? Payload, string? Error, string RequestId);

/// <summary>Records of one partition that failed too often.</summary>
internal sealed record FailedBatch(LocalTopicMapping Mapping, string Bootstrap, IReadOnlyList<PolledRecord> Records, int Attempts, string Reason, string RequestId);
