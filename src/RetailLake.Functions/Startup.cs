using Amazon.Glue;
using Amazon.Lambda.Annotations;
using Amazon.RedshiftDataAPIService;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SimpleSystemsManagement;
using Amazon.StepFunctions;
using Microsoft.Extensions.DependencyInjection;
using RetailLake.Aws;
using RetailLake.Aws.Glue;
using RetailLake.Aws.Redshift;
using RetailLake.Aws.S3;
using RetailLake.Aws.Secrets;
using RetailLake.Core;
using RetailLake.Core.Catalog;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Drops.Intake;
using RetailLake.Core.Drops.Pulls;
using RetailLake.Core.Export;
using RetailLake.Core.Lake;
using RetailLake.Core.Metrics;
using RetailLake.Core.Quarantine;
using RetailLake.Core.Rows;
using RetailLake.Core.Rows.Drops;
using RetailLake.Core.Runs;
using RetailLake.Core.Secrets;
using RetailLake.Core.Sources;
using RetailLake.Core.Streams;
using RetailLake.Core.Warehouse;
using RetailLake.Functions.Drops;
using RetailLake.Functions.Hosting;
using RetailLake.Sources.Delivery;
using RetailLake.Sources.Drops;
using RetailLake.Sources.Ftp;
using RetailLake.Sources.MySql;

namespace RetailLake.Functions;

/// <summary>Registers what the functions are made of. Opens nothing: a port is opened by the scheme of its URI when a function first asks for it.</summary>
[LambdaStartup]
public sealed class Startup
{
#pragma warning disable CA1822 // The Annotations generator calls it on an instance.
    public void ConfigureServices(IServiceCollection services)
    {
        LakeRuntime.GiveBackFreeMemory();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_ => LakeSettings.FromEnvironment(Environment.GetEnvironmentVariable));
        services.AddSingleton(provider => PackagedContracts.Load(provider.GetRequiredService<LakeSettings>()));

        services.AddSingleton(new PortFactory<ILake>("file", (_, uri, _) => new FileSystemLake(uri)));
        services.AddSingleton(new PortFactory<IUploads>("file", (provider, _, _) => new FileSystemUploads(provider.GetRequiredService<ILake>(), provider.GetRequiredService<TimeProvider>())));
        services.AddSingleton(new PortFactory<ISecretStore>("file", (_, uri, _) => SecretStores.Open(uri)));
        services.AddSingleton(new PortFactory<ISecretStore>("env", (_, uri, _) => SecretStores.Open(uri)));
        AddAws(services);

        AddPort<ILake>(services, "LAKE_URI", settings => settings.LakeUri);
        AddPort<IUploads>(services, "LAKE_URI", settings => settings.LakeUri);
        AddPort<IWarehouse>(services, "WAREHOUSE_URI", settings => settings.WarehouseUri);
        AddPort<ISecretStore>(services, "SECRETS_URI", settings => settings.SecretsUri);
        AddPort<ICatalog>(services, "CATALOG_URI", settings => settings.CatalogUri);

        services.AddSingleton<IMetrics>(provider => EmbeddedMetrics.ToStandardOutput(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IStateMachines, StepFunctionsStateMachines>();
        services.AddSingleton<ISource, MySqlSource>();
        services.AddSingleton<IDropReaders, DropReaders>();
        services.AddSingleton<DropPlanner>();
        services.AddSingleton<DropLander>();
        services.AddSingleton<ISource>(provider => new DropSource(
            provider.GetRequiredService<DropPlanner>(),
            (contract, keys, slice, lake, attempt, stop) => provider.GetRequiredService<DropLander>().LandAsync(contract, keys, slice, lake, attempt, stop)));
        services.AddSingleton<StreamPlanner>();
        AddLater<StreamLander>(services);
        services.AddSingleton<ISource, StreamSource>();
        services.AddSingleton<FeedStarter>();
        services.AddSingleton<UploadSweep>();
        AddLater<DropIntake>(services);
        AddLater<PendingDrops>(services);
        services.AddSingleton<DropQuarantine>();
        services.AddSingleton<WindowQuarantine>();
        services.AddSingleton<IDropServers>(provider => new DropServers(provider.GetRequiredService<ISecretStore>()));
        services.AddSingleton<DropPolls>();
        services.AddSingleton<PullsAtWork>();
        services.AddSingleton<DropFetch>();
        services.AddSingleton<RunReader>();
        services.AddSingleton<RunPlanner>();
        services.AddSingleton<RunAudit>();
        services.AddSingleton<PersonalTokenSource>();
        services.AddSingleton<ManthanFeed>();
        services.AddSingleton<ExportSequence>();
        services.AddSingleton<ExportDelivery>();
        services.AddSingleton<ExportReceivers>();
        services.AddSingleton<SegmentLander>();
    }

#pragma warning restore CA1822

    private static void AddAws(IServiceCollection services)
    {
        services.AddSingleton<IAmazonS3>(_ => S3Clients.Create());
        services.AddSingleton<IAmazonSimpleSystemsManagement>(_ => ParameterSecretStore.Client());
        services.AddSingleton<IAmazonStepFunctions>(_ => new AmazonStepFunctionsClient(At(new AmazonStepFunctionsConfig(), "SFN")));
        services.AddSingleton<IAmazonRedshiftDataAPIService>(_ => new AmazonRedshiftDataAPIServiceClient(At(new AmazonRedshiftDataAPIServiceConfig(), "REDSHIFT_DATA")));
        services.AddSingleton<IAmazonGlue>(_ => new AmazonGlueClient(At(new AmazonGlueConfig(), "GLUE")));

        services.AddSingleton(new PortFactory<ILake>("s3", (provider, uri, _) => new S3Lake(provider.GetRequiredService<IAmazonS3>(), uri, provider.GetRequiredService<TimeProvider>())));
        services.AddSingleton(new PortFactory<IUploads>("s3", (provider, _, _) => new S3Uploads(provider.GetRequiredService<IAmazonS3>(), (S3Lake)provider.GetRequiredService<ILake>())));
        services.AddSingleton(new PortFactory<ISecretStore>("secretsmanager", (provider, uri, _) => new ParameterSecretStore(
            provider.GetRequiredService<IAmazonSimpleSystemsManagement>(), uri, provider.GetRequiredService<TimeProvider>())));
        services.AddSingleton(new PortFactory<IWarehouse>("redshift-data", (provider, uri, settings) => new RedshiftDataWarehouse(
            provider.GetRequiredService<IAmazonRedshiftDataAPIService>(), RedshiftAddress.Parse(uri), settings.CopyRole, provider.GetRequiredService<ILake>(), provider.GetRequiredService<TimeProvider>())));
        services.AddSingleton(new PortFactory<ICatalog>("glue", (provider, uri, _) => new GlueCatalog(provider.GetRequiredService<IAmazonGlue>(), uri, provider.GetRequiredService<TimeProvider>())));
    }

    private static T At<T>(T config, string service)
        where T : ClientConfig
    {
        CloudEndpoint.Apply(config, service, Environment.GetEnvironmentVariable);
        return config;
    }

    /// <summary>For functions that need it for some feeds only.</summary>
    private static void AddLater<T>(IServiceCollection services)
        where T : class
    {
        services.AddSingleton<T>();
        services.AddSingleton(provider => new Lazy<T>(provider.GetRequiredService<T>));
    }

    private static void AddPort<T>(IServiceCollection services, string setting, Func<LakeSettings, string> uri)
        where T : class =>
        services.AddSingleton(provider =>
            Ports.Open(provider, provider.GetServices<PortFactory<T>>(), setting, uri(provider.GetRequiredService<LakeSettings>())));
}
