using System.Text.Json.Nodes;
using RetailLake.Core.Streams;

namespace RetailLake.Tests.Streams;

/// <summary>Events that AWS and Debezium published: what lands is byte for byte what they hold.</summary>
public sealed class SharedEventsTests
{
    [Fact]
    public async Task EventsOfLambda_LandByteForByte()
    {
        var files = Files("lambda_kafka_events");
        foreach (var file in files)
        {
            var @event = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
            var record = @event["records"]!.AsObject().First().Value![0]!;
            var of = new TopicPartition((string)record["topic"]!, (int)record["partition"]!);
            using var folder = new StreamFolder(of.Topic);

            (await folder.LandAsync((await File.ReadAllTextAsync(file)).TrimStart('\uFEFF'))).Should().BeEmpty();

            var landed = (await Segments.LandedAsync(folder.Lake, of)).Values.Should().ContainSingle().Subject;
            var headers = record["headers"]!.AsArray().Select(header => header!.AsObject().First()).Select(header => new StreamHeader(
                System.Text.Encoding.UTF8.GetBytes(header.Key), header.Value!.AsArray().Select(one => unchecked((byte)(sbyte)one!)).ToArray()));
            landed.Should().Be(Segments.Text(new(
                (long)record["offset"]!, (long)record["timestamp"]!, TimestampKind.CreateTime, Convert.FromBase64String((string)record["key"]!), [.. headers],
                Convert.FromBase64String((string)record["value"]!))));
        }
    }

    [Fact]
    public async Task ChangeEvents_LandByteForByte()
    {
        using var folder = new StreamFolder();
        var records = Files("debezium_events").Select((file, index) => Segments.Record(index, null, Path.GetFileName(file)) with { Value = File.ReadAllBytes(file) }).ToList();

        (await folder.LandAsync([.. records.Select(record => (Segments.Of, record))])).Should().BeEmpty();

        (await Segments.LandedAsync(folder.Lake, Segments.Of)).Values.Should().Equal(records.Select(Segments.Text));
    }

    private static List<string> Files(string folder)
    {
        var path = Path.Combine(Repository.Shared, "data", folder);
        Assert.SkipUnless(Directory.Exists(path), $"'{path}' is not here.");
        var files = Directory.GetFiles(path, "*.json", SearchOption.AllDirectories).Order().ToList();
        files.Should().NotBeEmpty();
        return files;
    }
}
