using RetailLake.Core.Contracts.Compile;
using RetailLake.Core.Contracts.Yaml;
using static RetailLake.Core.Contracts.Odcs.Fields;

namespace RetailLake.Core.Contracts.Odcs;

/// <summary>A server. Only the types that are built are known by their own fields; the compiler refuses the others whole.</summary>
internal sealed class ServerShape : Shape
{
    public static readonly ServerShape Instance = new();

    private static readonly (string, Shape)[] Common =
    [
        ("id", StableId), ("server", Text),
        ("type", OneOf(
            "api", "athena", "azure", "bigquery", "clickhouse", "databricks", "denodo", "dremio", "duckdb", "glue", "cloudsql", "db2", "hive", "impala",
            "informix", "kafka", "kinesis", "local", "mysql", "oracle", "postgresql", "postgres", "presto", "pubsub", "redshift", "s3", "sftp", "snowflake",
            "sqlserver", "synapse", "trino", "vertica", "zen", "custom")),
        ("description", Text), ("environment", Text), ("roles", Roles), ("customProperties", CustomProperties),
    ];

    private static readonly ObjectShape OfOtherType = new("a server", Of(Common), "server", "type") { IsOpen = true };

    private static readonly ObjectShape OfMySql = new(
        "a server of type mysql", Of([.. Common, ("host", Text), ("port", Integer), ("database", Text)]), "server", "type", "host", "port", "database");

    private static readonly ObjectShape OfKafka = new("a server of type kafka", Of([.. Common, ("host", Text), ("format", Text)]), "server", "type", "host");

    public override void Check(YamlNode node, string what, ProblemList problems) =>
        (node.Text("type") switch { "mysql" => OfMySql, "kafka" => OfKafka, _ => OfOtherType }).Check(node, what, problems);
}
