using System.Buffers;
using System.Text;
using System.Text.Json;
using RetailLake.Core.Metrics;

namespace RetailLake.Functions.Hosting;

/// <summary>
/// Figures as lines of CloudWatch's embedded metric format: CloudWatch makes metrics of what a function prints, and no call can fail or cost time.
/// See "Specification: Embedded metric format" in the CloudWatch user guide.
/// </summary>
/// <param name="write">Takes one line. On AWS the bare standard output: the runtime's logger would put words in front, and CloudWatch would see text.</param>
public sealed class EmbeddedMetrics(TimeProvider time, Action<string> write) : IMetrics
{
    public const string Namespace = "RetailLake";

    /// <summary>Over all feeds; alarms look at this one.</summary>
    public const string Application = nameof(Application);

    public const string Feed = nameof(Feed);

    public static EmbeddedMetrics ToStandardOutput(TimeProvider time)
    {
        var output = new Lazy<StreamWriter>(() => new(Console.OpenStandardOutput(), new UTF8Encoding(false)) { AutoFlush = true });
        return new(time, line => output.Value.WriteLine(line));
    }

    public void Put(string feed, IReadOnlyList<Measurement> measurements)
    {
        ArgumentNullException.ThrowIfNull(measurements);
        if (measurements.Count == 0)
        {
            return;
        }

        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            Directive(json, measurements);
            json.WriteString(Application, Namespace);
            json.WriteString(Feed, feed);
            foreach (var measurement in measurements)
            {
                json.WriteNumber(measurement.Name, measurement.Value);
            }

            json.WriteEndObject();
        }

        write(Encoding.UTF8.GetString(bytes.WrittenSpan));
    }

    private void Directive(Utf8JsonWriter json, IReadOnlyList<Measurement> measurements)
    {
        json.WriteStartObject("_aws");
        json.WriteNumber("Timestamp", time.GetUtcNow().ToUnixTimeMilliseconds());
        json.WriteStartArray("CloudWatchMetrics");
        json.WriteStartObject();
        json.WriteString(nameof(Namespace), Namespace);
        json.WriteStartArray("Dimensions");
        Set(json, Application);
        Set(json, Application, Feed);
        json.WriteEndArray();
        json.WriteStartArray("Metrics");
        foreach (var measurement in measurements)
        {
            json.WriteStartObject();
            json.WriteString(nameof(measurement.Name), measurement.Name);
            json.WriteString(nameof(measurement.Unit), measurement.Unit);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Set(Utf8JsonWriter json, params ReadOnlySpan<string> dimensions)
    {
        json.WriteStartArray();
        foreach (var dimension in dimensions)
        {
            json.WriteStringValue(dimension);
        }

        json.WriteEndArray();
    }
}
