using System.Collections.Concurrent;
using Confluent.Kafka;
using RetailLake.Local.Demo.Files;
using RetailLake.Local.Kafka;
using RetailLake.Local.Running;
using TopicPartition = RetailLake.Core.Streams.TopicPartition;

namespace RetailLake.Local.Demo.Pos;

/// <summary>
/// The tills of fifty shops as one producer. Bills go into its own log first and from there to the broker, never further ahead of what landed than a broker in
/// memory keeps. Whatever happens to the broker, the log is sent on from where the broker ends.
/// </summary>
/// <param name="landed">The last landed offset of a partition; −1: none.</param>
public sealed class Tills(string bootstrap, string folder, int seed, Func<TopicPartition, long> landed, TimeProvider time, Action<string> log) : IAsyncDisposable
{
    public const string Topic = "pos.bill";
    public const int Partitions = 4;

    private const long MostBytesAhead = 3_000_000;
    private const int MostRecordsAhead = 50_000;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    private readonly TillLog[] logs = [.. Enumerable.Range(0, Partitions).Select(partition => new TillLog(Path.Combine(folder, $"{partition}.log")))];
    private readonly TillEvents events = new(seed, Partitions);
    private readonly ConcurrentQueue<(long Sent, int Bytes)>[] ahead = [.. Enumerable.Range(0, Partitions).Select(_ => new ConcurrentQueue<(long, int)>())];
    private readonly long[] bytesAhead = new long[Partitions];
    private readonly long[] sent = new long[Partitions];
    private readonly CancellationTokenSource stopping = new();
    private IProducer<byte[]?, byte[]?>? producer;
    private Task running = Task.CompletedTask;
    private volatile string? broken;
    private double due;
    private long left;

    public long Bills => events.Bills;

    public long Records => events.Records;

    /// <summary>Everything of the log has reached the broker.</summary>
    public bool IsSent => Volatile.Read(ref left) == 0 && broken is null;

    /// <summary>The log's end by partition: the offsets that the next records will have.</summary>
    public long EndOf(int partition) => logs[partition].Count;

    /// <summary>When the record of an offset was sent, in milliseconds since 1970.</summary>
    public long SentAt(int partition, long offset) => logs[partition].Read(partition, offset).Timestamp;

    public IReadOnlyList<DemoFileTotals> Planted() => events.Planted();

    /// <param name="perSecond">Bills a second.</param>
    /// <param name="bills">So many in all; then only what the broker lost is sent again.</param>
    public void Start(double perSecond, long bills) => running = Task.Run(() => RunAsync(perSecond, bills, stopping.Token));

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running;
        producer?.Dispose();
        foreach (var one in logs)
        {
            one.Dispose();
        }

        stopping.Dispose();
    }

    private async Task RunAsync(double perSecond, long bills, CancellationToken cancellationToken)
    {
        var last = time.GetTimestamp();
        try
        {
            while (true)
            {
                due += time.GetElapsedTime(last).TotalSeconds * perSecond;
                last = time.GetTimestamp();
                Make((int)Math.Min(due, bills - events.Bills));
                if (producer is null || broken is not null)
                {
                    Connect();
                }

                left = producer is null ? 1 : Enumerable.Range(0, Partitions).Sum(Send);
                await Task.Delay(Tick, time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            log($"tills: stopped after {events.Bills} bills");
        }
    }

    private void Make(int count)
    {
        if (count <= 0)
        {
            return;
        }

        due -= count;
        var now = time.GetUtcNow();
        foreach (var partition in Enumerable.Range(0, count).SelectMany(_ => events.Next(now)).GroupBy(record => record.Partition))
        {
            logs[partition.Key].Append([.. partition]);
        }
    }

    /// <returns>Records that are not with the broker yet.</returns>
    private long Send(int partition)
    {
        TopicPartition of = new(Topic, partition);
        var end = landed(of);
        while (ahead[partition].TryPeek(out var first) && first.Sent <= end && ahead[partition].TryDequeue(out first))
        {
            bytesAhead[partition] -= first.Bytes;
        }

        var count = logs[partition].Count;
        while (sent[partition] < count && broken is null && (sent[partition] <= end || (bytesAhead[partition] < MostBytesAhead && ahead[partition].Count < MostRecordsAhead)))
        {
            var offset = sent[partition];
            var record = logs[partition].Read(partition, offset);
            try
            {
                producer!.Produce(new Confluent.Kafka.TopicPartition(Topic, partition), new() { Key = record.Key, Value = record.Value, Timestamp = new(record.Timestamp, TimestampType.CreateTime) }, report => Delivered(report, offset));
            }
            catch (ProduceException<byte[]?, byte[]?> e) when (e.Error.Code == ErrorCode.Local_QueueFull)
            {
                break;
            }

            sent[partition]++;
            ahead[partition].Enqueue((offset, record.Value.Length + record.Key.Length + 64));
            bytesAhead[partition] += record.Value.Length + record.Key.Length + 64;
        }

        return count - sent[partition];
    }

    private void Delivered(DeliveryReport<byte[]?, byte[]?> report, long offset)
    {
        if (report.Error.IsError || report.Offset.Value != offset)
        {
            broken = report.Error.IsError ? report.Error.Reason : $"offset {report.Offset.Value} where {offset} was expected";
        }
    }

    /// <summary>
    /// To the brokers that are there now, by their own addresses: a broker that is started anew has others, so nothing meant for the old one reaches it before
    /// it was asked where it ends.
    /// </summary>
    private void Connect()
    {
        producer?.Dispose();
        producer = null;
        try
        {
            var (brokers, ends) = TopicEnds.Of(bootstrap, Topic, Partitions, log);
            for (var partition = 0; partition < Partitions; partition++)
            {
                if (ends[partition] > logs[partition].Count)
                {
                    throw new CommandRefusedException($"Found {ends[partition]} records in '{Topic}-{partition}' and {logs[partition].Count} in the tills' own log; somebody else writes to this topic.", "Nothing was sent.", "Name another broker.");
                }

                sent[partition] = ends[partition];
                ahead[partition].Clear();
                bytesAhead[partition] = 0;
            }

            if (broken is not null)
            {
                log($"tills: {broken}; the log is sent on from {string.Join(", ", ends)}");
            }

            producer = KafkaClients.Producer(brokers, log, _ => broken ??= "the broker is gone");
            broken = null;
        }
        catch (KafkaException e)
        {
            broken ??= e.Error.Reason;
        }
    }
}
