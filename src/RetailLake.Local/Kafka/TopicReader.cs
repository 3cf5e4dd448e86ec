using System.Collections.Concurrent;
using Confluent.Kafka;
using RetailLake.Local.Templates;
using TopicPartition = RetailLake.Core.Streams.TopicPartition;

namespace RetailLake.Local.Kafka;

/// <summary>
/// Lambda's poller for one mapping, on the real protocol: polls, gathers batches, has them landed, and polls no more of a partition than has a place to go.
/// Where it reads from is what landed, looked up anew for each partition whenever the broker or the partition was away.
/// </summary>
internal sealed class TopicReader : IDisposable
{
    private static readonly TimeSpan LongestWindow = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PollLimit = TimeSpan.FromMilliseconds(100);
    private static readonly Backoff Pause = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));

    private readonly LocalTopicMapping mapping;
    private readonly IReadOnlyDictionary<string, StreamTopic> topics;
    private readonly BatchDelivery delivery;
    private readonly LandedEnds landed;
    private readonly StreamNotices notices;
    private readonly TimeProvider time;
    private readonly IConsumer<byte[]?, byte[]?> consumer;
    private readonly PolledBatch batch;
    private readonly PartitionLooks looks;
    private readonly ConcurrentDictionary<TopicPartition, PartitionStatus> partitions = new();
    private readonly HashSet<TopicPartition> assigned = [];
    private readonly HashSet<TopicPartition> paused = [];
    private long? looked;
    private int failures;

    public TopicReader(LocalTopicMapping mapping, IReadOnlyList<StreamTopic> topics, IConsumer<byte[]?, byte[]?> consumer, BatchDelivery delivery, LandedEnds landed, StreamNotices notices, TimeProvider time)
    {
        this.mapping = mapping;
        this.topics = topics.ToDictionary(topic => topic.Topic, StringComparer.Ordinal);
        this.delivery = delivery;
        this.landed = landed;
        this.notices = notices;
        this.time = time;
        this.consumer = consumer;
        looks = new(consumer, notices);
        batch = new(mapping.BatchSize);
    }

    public IReadOnlyCollection<PartitionStatus> Partitions => [.. partitions.Values];

    /// <summary>Everything that the broker has, as of the last look, is landed.</summary>
    public bool IsCaughtUp => looked is not null && partitions.Values.All(partition => partition.Lag == 0);

    /// <summary>Blocks its thread, as librdkafka's poll does, until it is stopped. Nobody waits for the thread, so whatever it meets is told, and it goes on.</summary>
    public void Run(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                Turn(cancellationToken);
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                // What was polled and is not landed is polled again at the next start.
                notices.Log($"kafka: {mapping.Name} stopped");
            }
            catch (Exception e)
            {
                Broken(e, cancellationToken);
            }
        }
    }

    public void Dispose()
    {
        looks.Dispose();
        consumer.Dispose();
    }

    private void Turn(CancellationToken cancellationToken)
    {
        if (failures > 0)
        {
            StartOver();
        }

        Look(cancellationToken);
        Gather(cancellationToken);
        Deliver(cancellationToken);
        if (failures > 0)
        {
            notices.Warn($"Topics of '{mapping.Name}' are read again.");
            failures = 0;
        }
    }

    private void Broken(Exception e, CancellationToken cancellationToken)
    {
        var pause = Pause.After(++failures);
        var told = FormattableString.Invariant($"Found {e.GetType().Name} while topics of '{mapping.Name}' were read: {e.Message} Nothing is skipped; they are read again in {pause.TotalSeconds:0} s, from what landed. Mend the cause if it stays.");
        (failures == 1 ? notices.Warn : notices.Log)(told);
        cancellationToken.WaitHandle.WaitOne(pause);
    }

    /// <summary>Forgets all that was polled; each partition is looked up anew.</summary>
    private void StartOver()
    {
        batch.Clear();
        delivery.Clear();
        foreach (var of in assigned.ToList())
        {
            Forget(of);
        }

        looked = null;
    }

    private void Look(CancellationToken cancellationToken)
    {
        if (looked is { } last && time.GetElapsedTime(last) < LookInterval)
        {
            return;
        }

        foreach (var of in topics.Keys.SelectMany(looks.PartitionsOf))
        {
            if (looks.Range(of) is { } range)
            {
                Look(of, range.Low, range.High, cancellationToken);
            }
        }

        looked = time.GetTimestamp();
    }

    private void Look(TopicPartition of, long low, long high, CancellationToken cancellationToken)
    {
        var topic = topics[of.Topic];

        // This thread polls and does nothing else; waiting here is what holds the polling up.
        var end = landed.OfAsync(topic, of, cancellationToken).GetAwaiter().GetResult();
        var start = PartitionStart.Of(of, end, low, high, mapping.FromLatest);
        var status = partitions.GetOrAdd(of, _ => new(topic, of));
        partitions[of] = status with { Landed = end, Low = low, High = high, Lost = start.Lost };
        if (start.Lost is { } lost)
        {
            Forget(of);
            if (status.Lost != lost)
            {
                notices.Warn(lost);
            }
        }
        else if (assigned.Add(of))
        {
            consumer.IncrementalAssign([new TopicPartitionOffset(of.Topic, of.Partition, start.Offset)]);
            if (status.Lost is not null)
            {
                notices.Warn($"'{of}' is there again from offset {start.Offset}; it is read on.");
            }
        }
    }

    private void Gather(CancellationToken cancellationToken)
    {
        var window = mapping.Window < LongestWindow ? mapping.Window : LongestWindow;
        var began = time.GetTimestamp();
        while (!batch.IsFull && !cancellationToken.IsCancellationRequested)
        {
            var left = window - time.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
            {
                return;
            }

            try
            {
                if (consumer.Consume(left < PollLimit ? left : PollLimit) is { IsPartitionEOF: false } polled)
                {
                    batch.Add(new(new(polled.Topic, polled.Partition.Value), KafkaClients.Record(polled)));
                }
            }
            catch (ConsumeException e)
            {
                Failed(e);
            }
        }
    }

    /// <summary>Whatever it is, the partition is looked at again: its place is either there, or lost and said to be.</summary>
    private void Failed(ConsumeException e)
    {
        notices.Log($"kafka: {e.Error.Reason}");
        if (e.ConsumerRecord is { } at && at.Partition.Value >= 0)
        {
            Forget(new(at.Topic, at.Partition.Value));
            looked = null;
        }
    }

    private void Deliver(CancellationToken cancellationToken)
    {
        var done = delivery.DeliverAsync(batch.Take(), cancellationToken).GetAwaiter().GetResult();
        foreach (var (of, last) in done)
        {
            landed.Set(of, last.Offset);
            var status = partitions[of];
            partitions[of] = status with { Landed = last.Offset, High = Math.Max(status.High, last.Offset + 1), LastRecord = last.Record.Timestamp, LandedAt = time.GetUtcNow() };
            notices.Landed(topics[of.Topic]);
        }

        var waiting = delivery.Partitions.Where(assigned.Contains).ToHashSet();
        consumer.Pause(waiting.Except(paused).Select(Native));
        consumer.Resume(paused.Except(waiting).Where(assigned.Contains).Select(Native));
        paused.Clear();
        paused.UnionWith(waiting);
    }

    private void Forget(TopicPartition of)
    {
        if (assigned.Remove(of))
        {
            paused.Remove(of);
            consumer.IncrementalUnassign([Native(of)]);
        }
    }

    private static Confluent.Kafka.TopicPartition Native(TopicPartition of) => new(of.Topic, of.Partition);
}
