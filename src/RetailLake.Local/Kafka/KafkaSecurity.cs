using Confluent.Kafka;
using RetailLake.Local.Running;

namespace RetailLake.Local.Kafka;

/// <summary>How a broker is logged in to: librdkafka's properties of TLS and SASL, one <c>name=value</c> a line, <c>#</c> before a comment; kcat takes the same file with -F.</summary>
public static class KafkaSecurity
{
    /// <summary>A certificate that is not of the host it was asked for proves nothing.</summary>
    private const string HostNames = "ssl.endpoint.identification.algorithm";

    /// <exception cref="CommandRefusedException">No such file, a line that is no property, a property of something else than security, or a value that librdkafka refuses. No value is repeated.</exception>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refused($"Found no readable file '{path}' for --kafka-config ({exception.GetType().Name}).", "Name a file of librdkafka's properties, e.g. security.protocol=SASL_SSL.");
        }

        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (number, line) in lines.Index())
        {
            if (line.Trim() is not { Length: > 0 } text || text[0] == '#')
            {
                continue;
            }

            var equals = text.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? "" : text[..equals].TrimEnd();
            if (!IsOfSecurity(name))
            {
                throw Refused(
                    $"Found {(IsName(name) ? $"the property '{name}'" : "no property")} in line {number + 1} of '{path}', expected security.protocol, sasl.* or ssl.* without {HostNames}.",
                    "Remove the line: what is read, and from where on, is the lake's own.");
            }

            if (!settings.TryAdd(name, text[(equals + 1)..].TrimStart()))
            {
                throw Refused($"Found '{name}' a second time in line {number + 1} of '{path}', expected it once.", "Remove one of the lines.");
            }
        }

        Try(settings, path);
        return settings;
    }

    /// <summary>What is no name may be a secret, and is not repeated.</summary>
    private static bool IsName(string text) => text.Contains('.', StringComparison.Ordinal) && text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '.' or '_');

    private static bool IsOfSecurity(string name) =>
        name == "security.protocol" || ((name.StartsWith("sasl.", StringComparison.Ordinal) || name.StartsWith("ssl.", StringComparison.Ordinal)) && name != HostNames);

    /// <summary>A client that never connects says what a connection would otherwise say later, and in a log.</summary>
    private static void Try(Dictionary<string, string> settings, string path)
    {
        try
        {
            using var consumer = KafkaClients.Consumer("127.0.0.1:0", _ => { }, settings);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or KafkaException)
        {
            var named = settings.Keys.Where(name => exception.Message.Contains(name, StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
            throw Refused(
                $"Found that librdkafka refuses '{path}'{(named.Count == 0 ? "" : $": {string.Join(", ", named)}")}.",
                "Compare names and values with librdkafka's CONFIGURATION.md; files that are named must be there and readable.");
        }
    }

    private static CommandRefusedException Refused(string found, string remedy) => new(found, "Nothing was read from Kafka.", remedy);
}
