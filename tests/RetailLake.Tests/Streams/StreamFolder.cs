using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RetailLake.Core.Contracts;
using RetailLake.Core.Lake;
using RetailLake.Core.Streams;
using RetailLake.Functions;
using RetailLake.Functions.Hosting;
using RetailLake.Local.Invocation;
using RetailLake.Tests.Local;

namespace RetailLake.Tests.Streams;

/// <summary>A lake in a folder of its own, and LandPosEvents over it, asked as Lambda asks: JSON in, JSON out.</summary>
internal sealed class StreamFolder : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly LakeLambdaSerializer serializer = new();
    private readonly ContractCatalog contracts;

    public StreamFolder(params string[] topics)
    {
        contracts = new((topics.Length == 0 ? ["pos.bill"] : topics).Select((topic, index) =>
            Segments.Contract with { Feed = index == 0 ? "bill" : $"feed{index}", Id = index == 0 ? "pos.bill" : $"pos.feed{index}", Stream = new(topic, StreamFormat.Json) }));
        Lake = new(new Uri(folder.Path).AbsoluteUri);
    }

    public FileSystemLake Lake { get; }

    public List<string> Log { get; } = [];

    public void Dispose() => folder.Dispose();

    /// <returns>The items of the answer, e.g. <c>pos.bill-0@17</c>.</returns>
    public async Task<IReadOnlyList<string>> LandAsync(string @event)
    {
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(@event));
        var answer = await new LandPosEventsFunction(contracts, new(Lake)).LandPosEvents(serializer.Deserialize<KafkaBatchInput>(input), Context());
        using var output = new MemoryStream();
        serializer.Serialize(answer, output);
        return [.. JsonElement.Parse(Encoding.UTF8.GetString(output.ToArray())).GetProperty("batchItemFailures").EnumerateArray()
            .Select(item => item.GetProperty("itemIdentifier")).Select(item => $"{item.GetProperty("partition").GetString()}@{item.GetProperty("offset").GetInt64()}")];
    }

    public Task<IReadOnlyList<string>> LandAsync(params (TopicPartition Of, StreamRecord Record)[] records) => LandAsync(Event(records));

    /// <summary>The event that Lambda makes of records.</summary>
    public static string Event(IEnumerable<(TopicPartition Of, StreamRecord Record)> records) => new JsonObject
    {
        ["eventSource"] = "aws:kafka",
        ["eventSourceArn"] = "arn:aws:kafka:ap-south-1:111122223333:cluster/pos/x",
        ["bootstrapServers"] = "b-1:9098",
        ["records"] = new JsonObject(records.GroupBy(record => record.Of).Select(group =>
            KeyValuePair.Create<string, JsonNode?>(group.Key.ToString(), new JsonArray([.. group.Select(record => Node(record.Of, record.Record))])))),
    }.ToJsonString();

    private static JsonObject Node(TopicPartition of, StreamRecord record)
    {
        var node = new JsonObject
        {
            ["topic"] = of.Topic, ["partition"] = of.Partition, ["offset"] = record.Offset, ["timestamp"] = record.Timestamp,
            ["headers"] = new JsonArray([.. record.Headers.Select(header => new JsonObject
            {
                [Encoding.UTF8.GetString(header.Name.Span)] = header.Value is { } value ? new JsonArray([.. value.ToArray().Select(one => JsonValue.Create((sbyte)one))]) : null,
            })]),
        };
        if (record.TimestampKind != TimestampKind.Unstated)
        {
            node["timestampType"] = record.TimestampKind switch { TimestampKind.CreateTime => "CREATE_TIME", TimestampKind.LogAppendTime => "LOG_APPEND_TIME", _ => "NO_TIMESTAMP_TYPE" };
        }

        if (record.Key is { } key)
        {
            node["key"] = Convert.ToBase64String(key.Span);
        }

        // Null and absent are the same tombstone.
        if (record.Value is { } bytes || record.Offset % 2 == 0)
        {
            node["value"] = record.Value is { } some ? Convert.ToBase64String(some.Span) : null;
        }

        return node;
    }

    private InvocationContext Context() => new(
        new("LandPosEventsFunction", "LandPosEvents", "", "", 128, TimeSpan.FromMinutes(5), new Dictionary<string, string>(), ""), "r",
        new FunctionLogger("LandPosEvents", "r", line =>
        {
            lock (Log)
            {
                Log.Add(line);
            }
        }), TimeProvider.System);
}
