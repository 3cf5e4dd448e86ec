using RetailLake.Core.Errors;
using RetailLake.Core.Lake;
using RetailLake.Local.Invocation;
using RetailLake.Local.Templates;

namespace RetailLake.Local.Kafka;

/// <summary>The template's Kafka event source mappings on one machine: readers of a broker's topics, and executions that follow what lands.</summary>
public sealed class StreamHost : IAsyncDisposable
{
    private readonly BrokerProcess? broker;
    private readonly ContinuousIngest ingest;
    private readonly List<TopicReader> readers = [];
    private readonly CancellationTokenSource stopping = new();
    private readonly Action<string> log;
    private readonly Action<string> warned;
    private Task running = Task.CompletedTask;

    private StreamHost(BrokerProcess? broker, string bootstrap, ContinuousIngest ingest, Action<string> log, Action<string> warned)
    {
        (this.broker, this.ingest, this.log, this.warned) = (broker, ingest, log, warned);
        Bootstrap = bootstrap;
    }

    /// <summary><c>host:port</c> of the broker.</summary>
    public string Bootstrap { get; }

    /// <summary>Null: the broker is somebody else's.</summary>
    public int? BrokerProcessId => broker?.ProcessId;

    public IReadOnlyList<PartitionStatus> Partitions => [.. readers.SelectMany(reader => reader.Partitions).OrderBy(status => status.Of.Topic, StringComparer.Ordinal).ThenBy(status => status.Of.Partition)];

    /// <summary>Everything the broker had at the last look has landed, and no execution runs or is due.</summary>
    public bool IsIdle => readers.TrueForAll(reader => reader.IsCaughtUp) && ingest.IsIdle;

    /// <param name="ingest">Is disposed with the host.</param>
    /// <param name="warned">Something is lost, given up, or there again; the text says what to do.</param>
    internal static async Task<StreamHost> StartAsync(
        KafkaOptions options, string folder, IReadOnlyList<LocalTopicMapping> mappings, IReadOnlyList<StreamTopic> topics, FunctionHost functions, ILake lake,
        ContinuousIngest ingest, TimeProvider time, Action<string> log, Action<string> warned, CancellationToken cancellationToken)
    {
        var broker = options.Bootstrap is null ? await BrokerProcess.StartAsync(options.Program ?? Path.Combine(AppContext.BaseDirectory, "lake"), folder, options.Port, cancellationToken) : null;
        var bootstrap = options.Bootstrap ?? broker!.Bootstrap;
        var host = new StreamHost(broker, bootstrap, ingest, log, warned);
        try
        {
            if (broker is not null)
            {
                await BrokerOffsets.RestoreAsync(bootstrap, lake, topics, log, cancellationToken);
            }

            host.Start(options.Security, mappings, topics, functions, lake, time);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running;
        await ingest.DisposeAsync();
        readers.ForEach(reader => reader.Dispose());
        await (broker?.DisposeAsync() ?? ValueTask.CompletedTask);
        stopping.Dispose();
    }

    private void Start(IReadOnlyDictionary<string, string> security, IReadOnlyList<LocalTopicMapping> mappings, IReadOnlyList<StreamTopic> topics, FunctionHost functions, ILake lake, TimeProvider time)
    {
        FailedBatches failed = new(lake, time);
        LandedEnds landed = new(lake);
        StreamNotices notices = new(log, Warn, ingest.Landed);
        foreach (var mapping in mappings)
        {
            BatchDelivery delivery = new(mapping, Bootstrap, async (payload, stop) => Invoked(await functions.InvokeAsync(mapping.FunctionArn, payload, stop)), (batch, stop) => KeepAsync(failed, batch, stop), time);
            readers.Add(new(mapping, [.. topics.Where(topic => mapping.Topics.Contains(topic.Topic))], KafkaClients.Consumer(Bootstrap, notices.Log, security), delivery, landed, notices, time));
        }

        running = Task.WhenAll(readers.Select(reader => Task.Factory.StartNew(() => reader.Run(stopping.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        // What landed before and was not loaded: the first plan knows.
        foreach (var topic in topics)
        {
            ingest.Landed(topic);
        }
    }

    private async Task<bool> KeepAsync(FailedBatches failed, FailedBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            var key = await failed.KeepAsync(batch, cancellationToken);
            Warn($"Found {batch.Records.Count} record(s) of '{batch.Records[0].Of}' from offset {batch.Records[0].Offset} that could not be landed in {batch.Attempts} attempts: {batch.Reason} They lie whole in '{key}', and the partition is read on behind them: no later load takes them from there. Mend the cause, then have the producer send them again.");
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or LakeException)
        {
            log($"kafka: what failed for good could not be kept, so it is tried again: {e.Message}");
            return false;
        }
    }

    private static InvokedBatch Invoked(InvocationResult result) =>
        new(result.Error is null ? result.Payload : null, result.Error is { } error ? $"{error.ErrorType}: {error.ErrorMessage}" : null, result.RequestId);

    private void Warn(string text)
    {
        log($"kafka: {text}");
        warned(text);
    }
}
