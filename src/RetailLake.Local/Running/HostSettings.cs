using RetailLake.Core;
using RetailLake.Local.Home;
using RetailLake.Local.Templates;

namespace RetailLake.Local.Running;

/// <summary>What the host puts in the place of the template's AWS addresses.</summary>
internal static class HostSettings
{
    public const string ScheduleState = "ScheduleState";

    public static IReadOnlySet<string> Names { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "LAKE_URI", "WAREHOUSE_URI", "SECRETS_URI", "CATALOG_URI", "LAKE_CONTRACTS", "SOURCE_STATE_MACHINE_ARN", "COPY_ROLE_ARN",
    };

    /// <summary>Parameters of the template: here is always a cluster that could be read, whether or not one is, and schedules fire for as long as <c>lake up</c> runs.</summary>
    public static IReadOnlyDictionary<string, string> Parameters { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["KafkaClusterArn"] = LocalArn.Cluster("local"),
        [ScheduleState] = "ENABLED",
    };

    public static string LakeUri(LakeHome home) => new Uri(home.Lake).AbsoluteUri;

    public static LakeSettings For(LocalFunction function, HostOptions options)
    {
        var warehouse = new Uri(options.Home.Warehouse).AbsolutePath;
        var own = new Dictionary<string, string>(function.Environment, StringComparer.Ordinal)
        {
            ["LAKE_URI"] = LakeUri(options.Home),
            ["WAREHOUSE_URI"] = $"duckdb://{warehouse}",
            ["SECRETS_URI"] = options.SecretsUri ?? new Uri(options.Home.Secrets).AbsoluteUri,
            ["CATALOG_URI"] = $"duckdb://{warehouse}",
            ["LAKE_CONTRACTS"] = string.Join(':', options.ContractFolders),
            ["SOURCE_STATE_MACHINE_ARN"] = LocalArn.StateMachine(SourceMachines.NameOf("{source}")),
        };
        return LakeSettings.FromEnvironment(own.GetValueOrDefault);
    }
}
