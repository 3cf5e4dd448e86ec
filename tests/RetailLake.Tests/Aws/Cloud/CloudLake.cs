using Amazon.Glue;
using Amazon.RedshiftDataAPIService;
using Amazon.S3;
using Microsoft.Extensions.DependencyInjection;
using RetailLake.Aws.Redshift;
using RetailLake.Aws.S3;
using RetailLake.Core;
using RetailLake.Core.Contracts;
using RetailLake.Core.Runs;
using RetailLake.Local.Home;
using RetailLake.Local.Invocation;
using RetailLake.Local.Running;
using RetailLake.Local.Templates;
using RetailLake.Tests.Aws.DataApi;
using RetailLake.Tests.Local;
using RetailLake.Tests.Scenarios;
using RetailLake.Tests.Stack;

namespace RetailLake.Tests.Aws.Cloud;

/// <summary>
/// The template's functions and machines over AWS's adapters: the lake in S3, the warehouse behind the Data API, the catalog in Glue, each of them on loopback and over the wire. Only
/// the engine is local.
/// </summary>
internal sealed class CloudLake : IAsyncDisposable
{
    public const string Bucket = "retaillake-lake";
    public const string CopyRole = "arn:aws:iam::123456789012:role/retaillake-copy";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    private readonly TemporaryFolder folder = new();
    private readonly IAmazonS3 s3;
    private readonly AmazonRedshiftDataAPIServiceClient dataApi;
    private readonly AmazonGlueClient glue;
    private readonly HostOptions options;
    private readonly EventRouter router;

    private CloudLake(TestSource source, IAmazonS3 s3, InvocationProbe? probe, IReadOnlyList<string> contracts)
    {
        this.s3 = s3;
        Api = new(Path.Combine(folder.Path, "redshift"), s3);
        Glue = new();
        (dataApi, glue) = (Api.Client(), Glue.Client());
        var home = new LakeHome(Path.Combine(folder.Path, "home")).Create();
        var contractFolder = Path.Combine(folder.Path, "contracts");
        TestSource.WriteContracts(contractFolder, contracts);
        source.WriteSecrets(home, Directory.CreateDirectory(Receiver).FullName);
        options = new() { App = Repository.Root, Home = home, ContractFolders = [contractFolder], MaxConcurrency = 8, Time = new HurriedTime(), Probe = probe };

        Contracts = HostContracts.Load(options.ContractFolders);
        var application = SourceMachines.Complete(options.App, TemplateReader.Read(Path.Combine(options.App, "template.yaml"), HostSettings.Names, HostSettings.Parameters), Contracts);
        Lake = new S3Lake(s3, $"s3://{Bucket}", options.Time);
        Warehouse = new(dataApi, new("emulated", "lake"), CopyRole, Lake, options.Time);
        Functions = new(application.Functions, (_, services) => Override(services), options.MaxConcurrency, options.Time, Log.Enqueue, probe);
        Executions = new(application.StateMachines, options, Functions, Lake, (_, _) => Task.CompletedTask, Log.Enqueue);
        router = new(application.Rules, Functions, (arn, input, _) => Executions.StartAsync(arn, Guid.NewGuid().ToString("N"), input));
        Api.OnStatus = @event => router.RouteAsync(@event, CancellationToken.None);
    }

    public DataApiEmulator Api { get; }

    public GlueEndpoint Glue { get; }

    public ContractCatalog Contracts { get; }

    public S3Lake Lake { get; }

    public RedshiftDataWarehouse Warehouse { get; }

    public FunctionHost Functions { get; }

    public Executions Executions { get; }

    public System.Collections.Concurrent.ConcurrentQueue<string> Log { get; } = new();

    public string Receiver => Path.Combine(folder.Path, "manthan");

    public static async Task<CloudLake> OpenAsync(TestSource source, IAmazonS3 s3, InvocationProbe? probe, params string[] contracts)
    {
        var lake = new CloudLake(source, s3, probe, contracts);
        await s3.PutBucketAsync(Bucket);
        var migrated = await lake.Functions.InvokeAsync("MigrateWarehouseFunction", "{}"u8.ToArray(), CancellationToken.None);
        migrated.Error.Should().BeNull();
        await lake.Executions.ResumeAsync();
        return lake;
    }

    public async Task<ExecutionLine> IngestAsync(string contract, string name)
    {
        var (source, feed) = (contract.Split('.')[0], contract.Split('.')[1]);
        var arn = await Executions.StartAsync($"{source}-ingest", name, $$"""{"source":"{{source}}","feed":"{{feed}}"}""");
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
        dataApi.Dispose();
        glue.Dispose();
        folder.Dispose();
    }

    private void Override(IServiceCollection services)
    {
        services.AddSingleton(options.Time);
        services.AddSingleton(new LakeSettings
        {
            LakeUri = $"s3://{Bucket}", WarehouseUri = "redshift-data://emulated/lake", SecretsUri = new Uri(options.Home.Secrets).AbsoluteUri, CatalogUri = "glue://curated",
            StateMachineArn = LocalArn.StateMachine(SourceMachines.NameOf("{source}")), CopyRoleArn = CopyRole,
        });
        services.AddSingleton(Contracts);
        services.AddSingleton<IStateMachines>(new LocalStateMachines(new(() => Executions)));

        // As instances: what a provider did not make it does not dispose of.
        services.AddSingleton(s3);
        services.AddSingleton<IAmazonRedshiftDataAPIService>(dataApi);
        services.AddSingleton<IAmazonGlue>(glue);
    }
}
