using System.Globalization;
using System.Text.Json.Nodes;
using RetailLake.Core.Contracts;
using RetailLake.Core.Lake;
using RetailLake.Core.Streams;
using RetailLake.Core.Warehouse;
using RetailLake.Local.Drops;
using RetailLake.Local.DuckDb;
using RetailLake.Local.Home;
using RetailLake.Local.Invocation;
using RetailLake.Local.Kafka;
using RetailLake.Local.Schedules;
using RetailLake.Local.Templates;

namespace RetailLake.Local.Running;

/// <summary>RetailLake on one machine: template, functions, engine, warehouse and lake of one home, put together. The caller holds the home's lock.</summary>
public sealed class LakeHost : IAsyncDisposable
{
    private readonly SemaphoreSlim turn = new(1);
    private readonly LogFile log;
    private readonly DuckDbWarehouse warehouse;
    private readonly EventRouter router;
    private readonly PendingRecords pendingRecords;

    private LakeHost(HostOptions options)
    {
        StrictGzip.Require();
        Options = options;
        SecretsFile.Ensure(options.Home);
        log = new(options.Home.Log, options.Time);
        Contracts = HostContracts.Load(options.ContractFolders);
        Application = SourceMachines.Complete(
            options.App, TemplateReader.Read(Path.Combine(options.App, "template.yaml"), HostSettings.Names, HostSettings.Parameters), Contracts);
        Lake = new FileSystemLake(HostSettings.LakeUri(options.Home));
        warehouse = new(new() { Database = options.Home.Warehouse, Home = options.Home.Folder, MemoryLimit = options.MemoryLimit, Threads = Environment.ProcessorCount }, options.Time);

        var machines = new LocalStateMachines(new(() => Executions!));
        Functions = new(Application.Functions, (function, services) => HostServices.Override(services, function, options, Contracts, warehouse, machines, log.Write), options.MaxConcurrency, options.Time, log.Write, options.Probe);
        Executions = new(Application.StateMachines, options, Functions, Lake, OnStatusChangeAsync, log.Write);
        router = new(Application.Rules, Functions, (arn, input, _) => Executions.StartAsync(arn, NewExecutionName(), input));
        Drops = new(Application, Functions, Lake, options, log.Write);
        DropReports = new(Lake, warehouse, Contracts);
        Loads = new(warehouse, DropReports);
        pendingRecords = new(Lake, new StreamLedger(warehouse));
        Ingest = new(Functions, Contracts, Executions, Loads, new(Lake, warehouse), pendingRecords);
        Redrives = new(Executions, Contracts, Lake);
        Quarantine = new(Lake, new(Lake, warehouse, Contracts));
        Held = new(warehouse, Contracts, options.Time);
        Named = new(Contracts, Lake);
        HeldReleases = new(Held, Contracts, Named);
        Releases = new(Functions, Contracts, Executions, Ingest, Named, Lake);
        PendingFiles = new(Lake, Contracts, options.Time);
        StreamReports = new(Lake, warehouse, Contracts, () => Streams);
        Sql = new(options.Home);
    }

    public HostOptions Options { get; }

    /// <summary>Whether the journal was resumed and events are delivered.</summary>
    public bool IsWorking { get; private set; }

    public LocalApplication Application { get; }

    public ContractCatalog Contracts { get; }

    public ILake Lake { get; }

    public IWarehouse Warehouse => warehouse;

    public FunctionHost Functions { get; }

    public Executions Executions { get; }

    public DropChain Drops { get; }

    public LoadReports Loads { get; }

    public DropReports DropReports { get; }

    public Ingest Ingest { get; }

    public Redrives Redrives { get; }

    public Quarantine Quarantine { get; }

    public HeldReports Held { get; }

    public NamedWork Named { get; }

    public HeldReleases HeldReleases { get; }

    public Releases Releases { get; }

    public PendingFiles PendingFiles { get; }

    public SqlSession Sql { get; }

    public StreamReports StreamReports { get; }

    /// <summary>Null until <see cref="StartStreamsAsync"/>, and where no contract names a topic.</summary>
    public StreamHost? Streams { get; private set; }

    public static async Task<LakeHost> OpenAsync(HostOptions options, HostMode mode, CancellationToken cancellationToken)
    {
        var host = new LakeHost(options);
        try
        {
            await host.EnsureAsync(mode, cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>A host that only looked begins to work when the first command asks for it.</summary>
    public async Task EnsureAsync(HostMode mode, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (mode == HostMode.Working && !IsWorking)
            {
                await MigrateAsync(cancellationToken);

                // The engine first: an event that is delivered again answers a task token that must be waiting.
                await Executions.ResumeAsync();
                warehouse.Start(router.RouteAsync);
                Drops.Start();
                IsWorking = true;
            }
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Reads the topics of all contracts from now on, and loads what lands.</summary>
    /// <param name="warned">Told from another thread when something is lost, given up, or there again.</param>
    public async Task StartStreamsAsync(KafkaOptions options, Action<string> warned, CancellationToken cancellationToken)
    {
        var topics = StreamTopic.Of(Contracts.All);
        if (topics.Count > 0)
        {
            Streams = await StreamHost.StartAsync(
                options, Path.Combine(Options.Home.Folder, "kafka"), StreamMappings.Complete(Application.TopicMappings, topics, log.Write), topics, Functions, Lake,
                new ContinuousIngest(IngestAsync, MoreWaitsAsync, Options.Time, log.Write), Options.Time, log.Write, warned, cancellationToken);
        }
    }

    public IReadOnlyList<(LocalSchedule Schedule, DateTimeOffset Due)> Upcoming() => NewScheduler().Upcoming(Options.Time.GetUtcNow());

    public Task RunSchedulesAsync(CancellationToken cancellationToken) => NewScheduler().RunAsync(cancellationToken);

    public string NewExecutionName() => Options.Time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Waits until nothing runs and nothing is on its way: executions, what their ends set off, and what landed.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        // Twice in a row: between two looks an end may set something off that neither saw.
        for (var quiet = 0; quiet < 2;)
        {
            await Drops.SettleAsync(cancellationToken);
            var running = Executions.List(new(Status: "RUNNING", Limit: int.MaxValue));
            foreach (var execution in running)
            {
                await Executions.WaitAsync(execution.Arn, cancellationToken);
            }

            quiet = running.Count == 0 && Executions.AreChangesTold && Drops.IsIdle && (Streams is null || Streams.IsIdle) ? quiet + 1 : 0;
            await Task.Delay(TimeSpan.FromMilliseconds(20), Options.Time, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await (Streams?.DisposeAsync() ?? ValueTask.CompletedTask);
        await Drops.DisposeAsync();
        await Executions.DisposeAsync();
        await warehouse.DisposeAsync();
        await Functions.DisposeAsync();
        log.Dispose();
        turn.Dispose();
    }

    private Scheduler NewScheduler() => new(Application.Schedules, FireAsync, Options.Time);

    private async Task<bool> IngestAsync(StreamTopic topic, CancellationToken cancellationToken) =>
        (await Ingest.RunAsync([new(topic.Source, topic.Feed)], _ => { }, cancellationToken)).All(outcome => outcome.Error is null);

    private Task<bool> MoreWaitsAsync(StreamTopic topic, CancellationToken cancellationToken) => pendingRecords.AnyAsync(Contracts.Get(topic.Contract), cancellationToken);

    private async Task FireAsync(LocalSchedule schedule, string input, CancellationToken cancellationToken)
    {
        try
        {
            await router.SendAsync(schedule.TargetArn, input, cancellationToken);
        }
        catch (EventNotHandledException e)
        {
            // The next tick finds what is pending.
            log.Write($"schedule {schedule.Name}: {e.Message}");
        }
    }

    private async Task OnStatusChangeAsync(JsonObject @event, CancellationToken cancellationToken)
    {
        try
        {
            await router.RouteAsync(@event, cancellationToken);
        }
        catch (EventNotHandledException e)
        {
            log.Write($"execution status change: {e.Message}");
        }
    }

    private async Task MigrateAsync(CancellationToken cancellationToken)
    {
        var result = await Functions.InvokeAsync("MigrateWarehouseFunction", "{}"u8.ToArray(), cancellationToken);
        if (result.Error is { } error)
        {
            throw new CommandRefusedException(
                $"Found that MigrateWarehouse failed with {error.ErrorType}: {error.ErrorMessage}", "Nothing was started; what was in the warehouse is as it was.", $"Mend the cause; the log is '{Options.Home.Log}'.");
        }
    }
}
