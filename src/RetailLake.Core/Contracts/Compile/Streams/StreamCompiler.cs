using RetailLake.Core.Contracts.Odcs;
using RetailLake.Core.Contracts.Yaml;
using RetailLake.Core.Streams;
using static RetailLake.Core.Contracts.Odcs.Fields;

namespace RetailLake.Core.Contracts.Compile.Streams;

/// <summary>A feed of Kafka records: <c>retaillake.stream</c>, and the server that stands for its cluster.</summary>
internal static class StreamCompiler
{
    public const string ServerType = "kafka";

    /// <summary>What a contract writes for the host that the standard demands: the bootstrap servers differ by environment, the contract does not.</summary>
    public const string Host = "KAFKA_BOOTSTRAP";

    public static readonly Shape Shape = new ObjectShape("'retaillake.stream'", Of(("topic", Text), ("format", OneOf("json", "debezium"))), "topic", "format");

    public static SourceServer Server(YamlMap server, string secret, ProblemList problems)
    {
        if (server["host"].Text() != Host)
        {
            problems.Add(server["host"] ?? server, $"Found {server["host"]?.Shown ?? "no host"} for a server of type kafka, expected {Host}: bootstrap servers differ by environment and stand in no contract.", $"Write 'host: {Host}'; the stack's KafkaClusterArn says which cluster.");
        }

        if (server["format"].Text() is { } format && format != "json")
        {
            problems.Add(server["format"]!, $"Found {server["format"]!.Shown} for the format of a server of type kafka, expected json.", "Have the producer write JSON; Avro and Protobuf records would land, and nothing could read them.");
        }

        return new(ServerType, null, null, "", secret);
    }

    /// <summary>Null when the contract names no topic or no format that is known.</summary>
    public static StreamSpec? Compile(YamlMap root, ProblemList problems)
    {
        if (root.Own("stream") is not YamlMap stream)
        {
            problems.Add(root, "Found no 'retaillake.stream' in a contract of a topic, expected which topic it is and what its records are.", "Add it to customProperties, e.g. 'value: { topic: pos.bill, format: debezium }'.");
            return null;
        }

        if (stream["topic"].Text() is { } topic && !TopicName.IsValid(topic))
        {
            problems.Add(stream["topic"]!, $"Found the topic {stream["topic"]!.Shown}, expected {TopicName.Words}.", "Correct the spelling.");
        }

        return stream["topic"].Text() is { } name && Enum.TryParse<StreamFormat>(stream["format"].Text(), ignoreCase: true, out var format) ? new(name, format) : null;
    }
}
