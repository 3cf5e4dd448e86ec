using System.Text.Json.Nodes;
using Amazon.Glue;
using Amazon.Runtime;

namespace RetailLake.Tests.Aws;

/// <summary>Glue's Data Catalog on loopback, as far as the catalog adapter uses it.</summary>
internal sealed class GlueEndpoint() : JsonEndpoint("AWSGlue", Required)
{
    private static readonly Dictionary<string, string[]> Required = new()
    {
        ["GetTable"] = ["DatabaseName", "Name"],
        ["CreateTable"] = ["DatabaseName", "TableInput"],
        ["UpdateTable"] = ["DatabaseName", "TableInput"],
        ["BatchCreatePartition"] = ["DatabaseName", "TableName", "PartitionInputList"],
    };

    private readonly Lock gate = new();

    /// <summary>Tables by name, each with its VersionId.</summary>
    public Dictionary<string, JsonObject> Tables { get; } = [];

    /// <summary>Partition inputs by table and values.</summary>
    public Dictionary<(string Table, string Values), JsonObject> Partitions { get; } = [];

    /// <summary>An answer in place of the operation's own.</summary>
    public Func<string, JsonObject, Answer?> Refuse { get; set; } = (_, _) => null;

    public AmazonGlueClient Client() => new(new BasicAWSCredentials(AccessKey, Secret), new AmazonGlueConfig { ServiceURL = Url, AuthenticationRegion = "ap-south-1" });

    protected override Task<Answer> AnswerAsync(string operation, JsonObject body)
    {
        lock (gate)
        {
            return Task.FromResult(Refuse(operation, body) ?? operation switch
            {
                "GetTable" => Tables.TryGetValue((string)body["Name"]!, out var table)
                    ? new(new JsonObject { ["Table"] = table.DeepClone() }.ToJsonString())
                    : Answer.Error("EntityNotFoundException", "Entity Not Found"),
                "CreateTable" => Create(body["TableInput"]!.AsObject()),
                "UpdateTable" => Update(body),
                _ => Add(body),
            });
        }
    }

    private Answer Create(JsonObject input) =>
        Tables.TryAdd((string)input["Name"]!, Versioned(input, "0")) ? new("{}") : Answer.Error("AlreadyExistsException", "Table already exists.");

    private Answer Update(JsonObject body)
    {
        var name = (string)body["TableInput"]!["Name"]!;
        if (!Tables.TryGetValue(name, out var table))
        {
            return Answer.Error("EntityNotFoundException", "Entity Not Found");
        }

        var version = (string)table["VersionId"]!;
        if (body["VersionId"] is { } expected && (string)expected! != version)
        {
            return Answer.Error("ConcurrentModificationException", "Update table failed due to concurrent modifications.");
        }

        Tables[name] = Versioned(body["TableInput"]!.AsObject(), $"{int.Parse(version) + 1}");
        return new("{}");
    }

    private Answer Add(JsonObject body)
    {
        var table = (string)body["TableName"]!;
        var errors = new JsonArray();
        foreach (var input in body["PartitionInputList"]!.AsArray().Select(input => input!.AsObject()))
        {
            if (!Partitions.TryAdd((table, input["Values"]!.ToJsonString()), (JsonObject)input.DeepClone()))
            {
                errors.Add(new JsonObject { ["PartitionValues"] = input["Values"]!.DeepClone(), ["ErrorDetail"] = new JsonObject { ["ErrorCode"] = "AlreadyExistsException", ["ErrorMessage"] = "Partition already exists." } });
            }
        }

        return new(new JsonObject { ["Errors"] = errors }.ToJsonString());
    }

    private static JsonObject Versioned(JsonObject input, string version)
    {
        var table = (JsonObject)input.DeepClone();
        table["VersionId"] = version;
        return table;
    }
}
