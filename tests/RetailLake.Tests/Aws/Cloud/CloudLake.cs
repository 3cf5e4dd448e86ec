using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.Glue;
using Amazon.RedshiftDataAPIService;
using Amazon.S3;
using Amazon.SimpleSystemsManagement;
using Microsoft.Extensions.DependencyInjection;
using RetailLake.Aws.Redshift;
using RetailLake.Aws.S3;
using RetailLake.Core;
using RetailLake.Core.Contracts;
using RetailLake.Core.Metrics;
using RetailLake.Core.Runs;
using RetailLake.Functions.Hosting;
using RetailLake.Local.Home;
using RetailLake.Local.Invocation;
using RetailLake.Local.Running;
using RetailLake.Local.Templates;
using RetailLake.Tests.Aws.DataApi;
using RetailLake.Tests.Aws.S3;
using RetailLake.Tests.Local;
using RetailLake.Tests.Scenarios;

namespace RetailLake.Tests.Aws.Cloud;

/// <summary>
/// The template's functions and machines over AWS's adapters: the lake in S3, the warehouse behind the Data API, the catalog in Glue, each of them on loopback and over the wire. Only
/// the engine is local.
/// </summary>
internal sealed class CloudLake : IAsyncDisposable
{
    /// <summary>Who reads lists and writes results of Map Runs, among the <see cref="Calls"/>.</summary>
    public const string Machines = "machines";

    public const string CopyRole = "arn:aws:iam::123456789012:role/retaillake-copy";
    private const string SecretPrefix = "retaillake";
    private const string Reference = $"/aws/reference/secretsmanager/{SecretPrefix}/";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    private readonly TemporaryFolder folder = new();
    private readonly ConcurrentDictionary<string, CloudClients> clients = new();
    private readonly CloudOptions cloud;
    private readonly CloudClients own;
    private readonly AmazonS3Client copying;
    private readonly ParameterEndpoint parameters = new();
    private readonly HostOptions options;
    private readonly EventRouter router;

    private CloudLake(TestSource source, CloudOptions cloud)
    {
        this.cloud = cloud;
        Bucket = cloud.S3 is null ? S3Double.Bucket : $"lake-{Guid.NewGuid():N}";
        copying = NewS3();
        Api = new(Path.Combine(folder.Path, "redshift"), copying);
        own = NewClients();
        var home = new LakeHome(Path.Combine(folder.Path, "home")).Create();
        var contractFolder = Path.Combine(folder.Path, "contracts");
        TestSource.WriteContracts(contractFolder, cloud.Contracts);
        foreach (var (id, text) in cloud.Texts)
        {
            folder.Write($"contracts/{id.Replace('.', '/')}.odcs.yaml", text);
        }

        source.WriteSecrets(home, Directory.CreateDirectory(Receiver).FullName);
        StoreSecrets(home);
        options = new() { App = Repository.Root, Home = home, ContractFolders = [contractFolder], MaxConcurrency = 8, Time = new HurriedTime(), Probe = cloud.Probe };

        Contracts = HostContracts.Load(options.ContractFolders);
        var application = SourceMachines.Complete(options.App, TemplateReader.Read(Path.Combine(options.App, "template.yaml"), HostSettings.Names, HostSettings.Parameters), Contracts);
        Lake = new S3Lake(own.S3, $"s3://{Bucket}", options.Time);
        Warehouse = new(own.DataApi, new("emulated", "lake"), CopyRole, Lake, options.Time);
        Functions = new(application.Functions, Override, options.MaxConcurrency, options.Time, Log.Enqueue, cloud.Probe);
        Executions = new([.. application.StateMachines.Select(Hurried)], options, Functions, new S3Lake(ClientsOf(Machines).S3, $"s3://{Bucket}", options.Time), (_, _) => Task.CompletedTask, Log.Enqueue);
        router = new(application.Rules, Functions, (arn, input, _) => Executions.StartAsync(arn, Guid.NewGuid().ToString("N"), input));
        Api.OnStatus = @event => router.RouteAsync(@event, CancellationToken.None);
    }

    public string Bucket { get; }

    public S3Double Objects { get; } = new();

    public RecordedCalls Calls { get; } = new();

    public DataApiEmulator Api { get; }

    public GlueEndpoint Glue { get; } = new();

    public ContractCatalog Contracts { get; }

    public S3Lake Lake { get; }

    public RedshiftDataWarehouse Warehouse { get; }

    public FunctionHost Functions { get; }

    public Executions Executions { get; }

    public ConcurrentQueue<string> Log { get; } = new();

    public string Receiver => Path.Combine(folder.Path, "manthan");

    public static async Task<CloudLake> OpenAsync(TestSource source, CloudOptions cloud)
    {
        var lake = new CloudLake(source, cloud);
        if (cloud.S3 is not null)
        {
            await lake.own.S3.PutBucketAsync(lake.Bucket);
        }

        await lake.InvokeAsync("MigrateWarehouseFunction", "{}");
        await lake.Executions.ResumeAsync();
        return lake;
    }

    public async Task<string> InvokeAsync(string function, string payload)
    {
        var result = await Functions.InvokeAsync(function, Encoding.UTF8.GetBytes(payload), CancellationToken.None);
        result.Error.Should().BeNull($"{function}: {string.Join('\n', Log)}");
        return Encoding.UTF8.GetString(result.Payload);
    }

    /// <summary>What a sender does.</summary>
    public Task UploadAsync(string key, string content) => UploadAsync(key, Encoding.UTF8.GetBytes(content));

    public async Task UploadAsync(string key, byte[] content)
    {
        using var body = new MemoryStream(content);
        await own.S3.PutObjectAsync(new() { BucketName = Bucket, Key = key, InputStream = body });
    }

    public async Task<ExecutionLine> IngestAsync(string contract, string name)
    {
        var (source, feed) = (contract.Split('.')[0], contract.Split('.')[1]);
        return await WaitAsync(await Executions.StartAsync($"{source}-ingest", name, $$"""{"source":"{{source}}","feed":"{{feed}}"}"""));
    }

    /// <summary>Waits for all that runs, and for what its ends set off.</summary>
    public async Task SettleAsync()
    {
        while (Executions.List(new(Status: "RUNNING", Limit: int.MaxValue)) is { Count: > 0 } running)
        {
            foreach (var execution in running)
            {
                await WaitAsync(execution.Arn);
            }
        }
    }

    public async Task<ExecutionLine> WaitAsync(string arn)
    {
        using var deadline = new CancellationTokenSource(Patience);
        return await Executions.WaitAsync(arn, deadline.Token);
    }

    public async Task<string> DumpAsync() => await LakeDump.TablesAsync(Warehouse, Contracts.All) + await LakeDump.FilesAsync(Lake, Receiver);

    public async ValueTask DisposeAsync()
    {
        await Executions.DisposeAsync();
        await Functions.DisposeAsync();
        await Api.DisposeAsync();
        await Glue.DisposeAsync();
        await parameters.DisposeAsync();
        own.Dispose();
        copying.Dispose();
        foreach (var ofFunction in clients.Values)
        {
            ofFunction.Dispose();
        }

        await Objects.DisposeAsync();
        folder.Dispose();
    }

    private AmazonS3Client NewS3() => cloud.S3 is { } other ? other() : Objects.Client();

    private CloudClients NewClients() => new(NewS3(), Api.Client(), Glue.Client(), parameters.Client());

    private CloudClients ClientsOf(string function) => clients.GetOrAdd(function, name =>
    {
        var made = NewClients();
        Calls.Hear(name, made.S3);
        Calls.Hear(name, made.DataApi);
        Calls.Hear(name, made.Glue);
        Calls.Hear(name, made.Parameters);
        return made;
    });

    private void StoreSecrets(LakeHome home)
    {
        foreach (var (name, value) in JsonNode.Parse(File.ReadAllBytes(home.Secrets))!.AsObject())
        {
            parameters.Values[Reference + name] = value is JsonObject ? value.ToJsonString() : (string)value!;
        }

        foreach (var (name, value) in cloud.Secrets)
        {
            parameters.Values[Reference + name] = value;
        }
    }

    private LocalStateMachine Hurried(LocalStateMachine machine)
    {
        var definition = JsonNode.Parse(machine.Definition)!;
        if (cloud.LoadSeconds is not { } seconds || definition["States"]!["CopyToRedshift"] is not { } copy)
        {
            return machine;
        }

        copy["TimeoutSeconds"] = seconds;
        return machine with { Definition = definition.ToJsonString() };
    }

    private void Override(LocalFunction function, IServiceCollection services)
    {
        services.AddSingleton(options.Time);
        services.AddSingleton(new LakeSettings
        {
            LakeUri = $"s3://{Bucket}", WarehouseUri = "redshift-data://emulated/lake", SecretsUri = $"secretsmanager://{SecretPrefix}", CatalogUri = "glue://retaillake_curated",
            StateMachineArn = LocalArn.StateMachine(SourceMachines.NameOf("{source}")), CopyRoleArn = CopyRole,
        });
        services.AddSingleton(Contracts);
        services.AddSingleton<IMetrics>(new EmbeddedMetrics(options.Time, Log.Enqueue));
        services.AddSingleton<IStateMachines>(new RecordedMachines(new LocalStateMachines(new(() => Executions)), function.LogicalId, Calls));

        var ofFunction = ClientsOf(function.LogicalId);
        services.AddSingleton<IAmazonS3>(ofFunction.S3);
        services.AddSingleton<IAmazonRedshiftDataAPIService>(ofFunction.DataApi);
        services.AddSingleton<IAmazonGlue>(ofFunction.Glue);
        services.AddSingleton<IAmazonSimpleSystemsManagement>(ofFunction.Parameters);
    }
}
