using System.Globalization;
using RetailLake.Local.Demo.Pos;
using RetailLake.Local.Kafka;
using RetailLake.Local.Running;
using TopicPartition = RetailLake.Core.Streams.TopicPartition;

namespace RetailLake.Local.Demonstration;

/// <summary>The demo's tills: fifty shops sell into a private Kafka broker, and what they sold is in the warehouse seconds later, while they go on selling.</summary>
public sealed class StreamDemo : IAsyncDisposable
{
    public const string Contract = "pos.bill";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly LakeHost host;
    private readonly Action<string> note;
    private readonly Tills tills;
    private readonly LatencyWatch watch;
    private readonly CancellationTokenSource stopping = new();

    private StreamDemo(LakeHost host, DemoRequest request, Action<string> note)
    {
        (this.host, this.note) = (host, note);
        tills = new(host.Streams!.Bootstrap, Path.Combine(host.Options.Home.Folder, "tills"), request.Seed, LandedOf, host.Options.Time, note);
        watch = new(host.Warehouse, Contract, tills, host.Options.Time);
    }

    /// <returns>Null where no contract reads the tills' topic.</returns>
    public static async Task<StreamDemo?> StartAsync(LakeHost host, DemoRequest request, KafkaOptions kafka, Action<string> note, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(note);
        if (!StreamTopic.Of(host.Contracts.All).Any(topic => topic.Topic == Tills.Topic))
        {
            return null;
        }

        note("Starts a Kafka broker in memory, in a process of its own.");
        await host.StartStreamsAsync(kafka, note, cancellationToken);
        return new(host, request, note);
    }

    /// <summary>Sells so many bills at a steady rate, and waits until a query finds the last of them.</summary>
    public async Task<StreamFigures> SellAsync(long bills, double perSecond, CancellationToken cancellationToken)
    {
        note(string.Create(CultureInfo.InvariantCulture, $"{TillEvents.Stores} shops sell {bills:N0} bills, {perSecond:N0} a second, some late, twice, corrected or cut."));
        var began = host.Options.Time.GetTimestamp();
        var watching = WatchAsync(stopping.Token);
        tills.Start(perSecond, bills);
        while (tills.Bills < bills || !tills.IsSent || !watch.IsAllLoaded)
        {
            if (watching.IsCompleted)
            {
                await watching;
            }

            RefuseFailure();
            await Task.Delay(Look, host.Options.Time, cancellationToken);
        }

        var elapsed = host.Options.Time.GetElapsedTime(began);
        await stopping.CancelAsync();
        await watching;
        await host.SettleAsync(cancellationToken);
        var loads = (await host.Loads.LatestAsync(Contract, 10_000, cancellationToken)).Count;
        return new(bills, tills.Records, elapsed, loads, watch.Result(lastHalf: false), watch.Result(lastHalf: true));
    }

    /// <summary>Each table against what the tills put into their bills.</summary>
    public async Task<IReadOnlyList<TableComparison>> CompareAsync(CancellationToken cancellationToken)
    {
        List<TableComparison> compared = [];
        foreach (var expected in tills.Planted())
        {
            compared.Add(await PlantedComparison.OfAsync(host, expected, cancellationToken));
        }

        var cut = tills.Planted().Sum(table => table.Rejected);
        var kept = (await host.Quarantine.ListAsync(Contract, cancellationToken)).Where(run => run.State != QuarantineStates.NotPublished).Sum(run => run.Rows);
        compared.Add(new("records in quarantine", cut, kept, 0, 0, kept == cut ? [] : [string.Create(CultureInfo.InvariantCulture, $"{kept:N0} records, cut {cut:N0}")]));
        return compared;
    }

    public async ValueTask DisposeAsync()
    {
        await tills.DisposeAsync();
        stopping.Dispose();
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        try
        {
            await watch.RunAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            note("Every bill is found by a query now.");
        }
    }

    /// <summary>A feed that failed would be waited for in vain.</summary>
    private void RefuseFailure()
    {
        if (host.Executions.List(new(Status: "FAILED", Source: "pos", Limit: 1)) is [var failed, ..])
        {
            throw new CommandRefusedException($"Found that '{failed.Name}' failed with {failed.Error}: {failed.Cause}", "What landed stays landed, and what was loaded stays loaded.", $"lake executions show {failed.Name}");
        }
    }

    private long LandedOf(TopicPartition of) => host.Streams!.Partitions.FirstOrDefault(status => status.Of == of)?.Landed ?? -1;
}

/// <param name="Elapsed">From the first bill to the query that found the last.</param>
/// <param name="Warm">Of the second half.</param>
public sealed record StreamFigures(long Bills, long Records, TimeSpan Elapsed, int Loads, Latency Latency, Latency Warm)
{
    public double BillsPerSecond => Bills / Elapsed.TotalSeconds;
}
