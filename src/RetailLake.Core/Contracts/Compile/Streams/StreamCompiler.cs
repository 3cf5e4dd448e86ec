using RetailLake.Core.Contracts.Compile.Drops;
using RetailLake.Core.Contracts.Yaml;

namespace RetailLake.Core.Contracts.Compile.Streams;

/// <summary>A feed of Kafka records: <c>retaillake.stream</c>, and the server that stands for its cluster.</summary>
internal static class StreamCompiler
{
    public const string ServerType = "kafka";

    /// <summary>What a contract writes for the host that the standard demands: the bootstrap servers differ by environment, the contract does not.</summary>
    public const string Host = "KAFKA_BOOTSTRAP";

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

    /// <summary>Null when the contract says too little of its topics.</summary>
    public static StreamSpec? Compile(YamlMap root, IReadOnlyList<DeclaredTable> tables, ProblemList problems)
    {
        if (root.Own("stream") is not YamlMap stream)
        {
            problems.Add(root, "Found no 'retaillake.stream' in a contract of a topic, expected which topic it is and what its records are.", "Add it to customProperties, e.g. 'value: { topic: pos.bill, format: json }'.");
            return null;
        }

        if (!Enum.TryParse<StreamFormat>(stream["format"].Text(), ignoreCase: true, out var format) || tables.Count == 0)
        {
            return null;
        }

        var spec = new StreamSpec(stream["topic"].Text(), format)
        {
            EventTimeColumn = stream["eventTime"].Text(),
            Key = [.. stream.Items("key").Select(node => node.Text()).OfType<string>()],
            Ignored = [.. stream.Items("ignored").Select(node => node.Text()).OfType<string>()],
            MaxBytes = (int)(stream["maxBytes"].Integer() ?? 1024 * 1024),
            HoldHours = (int)(stream["holdHours"].Integer() ?? 24),
            RefusesGaps = stream["gaps"].Text() == "refuse",
            Encoding = Encoding(stream),
        };
        spec = WithVersion(spec, stream["version"].Text());
        TopicChecks.Check(stream, spec, tables, problems);
        StreamChecks.Check(stream, spec, tables, problems);
        return spec;
    }

    private static StreamSpec WithVersion(StreamSpec spec, string? version) => version switch
    {
        null => spec,
        "offset" => spec with { Version = StreamVersion.Offset },
        "position" => spec with { Version = StreamVersion.Position },
        _ => spec with { Version = StreamVersion.Column, VersionColumn = version },
    };

    private static DebeziumEncoding Encoding(YamlMap stream) => new(
        DropCompiler.Chosen(stream["decimals"], DebeziumDecimals.Precise),
        stream["times"].Text() == "adaptive-microseconds" ? DebeziumTimes.AdaptiveMicroseconds : DropCompiler.Chosen(stream["times"], DebeziumTimes.AdaptiveMicroseconds),
        stream["binary"].Text() == "base64-url-safe" ? DebeziumBinary.Base64UrlSafe : DropCompiler.Chosen(stream["binary"], DebeziumBinary.Bytes));
}
