using System.Text;
using System.Text.Json.Nodes;
using RetailLake.StatesLanguage.Definitions;
using RetailLake.StatesLanguage.Errors;
using RetailLake.StatesLanguage.Expressions;
using RetailLake.StatesLanguage.Journal;
using RetailLake.StatesLanguage.Running;
using RetailLake.StatesLanguage.Values;

namespace RetailLake.StatesLanguage.States;

/// <summary>Writes a Map Run's results as AWS does: manifest.json beside SUCCEEDED_0.json, FAILED_0.json and PENDING_0.json.</summary>
internal sealed record ResultWriter(Template Parameters)
{
    private const string Resource = "arn:aws:states:::s3:putObject";

    public static ResultWriter? Read(FieldReader state)
    {
        if (state.Nested("ResultWriter") is not { } reader)
        {
            return null;
        }

        if (reader.Text("Resource", required: true) is { } resource && resource != Resource)
        {
            reader.Report("ResultWriter", $"Found ResultWriter.Resource '{resource}'; supported: {Resource}.");
        }

        var parameters = ObjectLocation.Read(reader, "Prefix");
        reader.Close();
        return parameters is null ? null : new ResultWriter(parameters);
    }

    /// <summary>The state's result: where the manifest lies.</summary>
    public async Task<string> WriteAsync(MapRunPlan plan, MapRunOutcome outcome, Scope scope, EngineHost host, CancellationToken token)
    {
        var objects = host.Options.Objects ?? throw new StateFailedException(ErrorNames.ResultWriterFailed,
            "The engine has no object store.");
        var (bucket, prefix) = ObjectLocation.Evaluate(Parameters, scope, "Prefix");
        var folder = (prefix.Length == 0 ? "" : prefix.TrimEnd('/') + "/") + plan.MapRunArn[(plan.MapRunArn.LastIndexOf(':') + 1)..];
        var files = new JsonObject();
        foreach (var (name, children) in Grouped(plan, host))
        {
            files[name] = children.Count == 0
                ? new JsonArray()
                : new JsonArray(await PutAsync(objects, bucket, $"{folder}/{name}_0.json", new JsonArray([.. children]), token));
        }

        var manifest = new JsonObject { ["DestinationBucket"] = bucket, ["MapRunArn"] = plan.MapRunArn, ["ResultFiles"] = files };
        await PutAsync(objects, bucket, $"{folder}/manifest.json", manifest, token);
        return Payload.Text(new JsonObject
        {
            ["MapRunArn"] = plan.MapRunArn,
            ["ResultWriterDetails"] = new JsonObject { ["Bucket"] = bucket, ["Key"] = $"{folder}/manifest.json" },
        });
    }

    private static async Task<JsonNode> PutAsync(IStatesObjectStore objects, string bucket, string key, JsonNode content, CancellationToken token)
    {
        var bytes = Encoding.UTF8.GetBytes(Payload.Text(content));
        await objects.WriteAsync(bucket, key, bytes, token);
        return new JsonObject { ["Key"] = key, ["Size"] = bytes.Length };
    }

    private static Dictionary<string, List<JsonNode?>> Grouped(MapRunPlan plan, EngineHost host)
    {
        var groups = new Dictionary<string, List<JsonNode?>> { ["FAILED"] = [], ["PENDING"] = [], ["SUCCEEDED"] = [] };
        for (var index = 0; index < plan.Items.Count; index++)
        {
            var arn = plan.ChildArn(index);
            if (host.Index.Execution(arn) is null || host.Load(arn) is not var (state, _))
            {
                groups["PENDING"].Add(
                    new JsonObject { ["Input"] = plan.Items[index].Input, ["Name"] = plan.ChildName(index), ["Status"] = "PENDING" });
                continue;
            }

            groups[state.Status == ExecutionStatus.Succeeded ? "SUCCEEDED" : "FAILED"].Add(Entry(state));
        }

        return groups;
    }

    private static JsonObject Entry(ExecutionState state)
    {
        var header = state.Header;
        var entry = new JsonObject
        {
            ["ExecutionArn"] = header.Arn,
            ["Input"] = header.Input,
            ["InputDetails"] = new JsonObject { ["Included"] = true },
            ["Name"] = header.Name,
        };
        if (state.Output is not null)
        {
            entry["Output"] = state.Output;
            entry["OutputDetails"] = new JsonObject { ["Included"] = true };
        }

        if (state.Error is not null)
        {
            entry["Error"] = state.Error;
            entry["Cause"] = state.Cause;
        }

        entry["RedriveCount"] = state.RedriveCount;
        entry["StartDate"] = Timestamps.Write(header.StartDate);
        entry["StateMachineArn"] = header.MachineArn;
        entry["Status"] = WireNames.Of(state.Status);
        entry["StopDate"] = state.StopDate is { } stopped ? Timestamps.Write(stopped) : null;
        return entry;
    }
}
