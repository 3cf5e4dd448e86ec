using RetailLake.Local.Kafka;
using RetailLake.Local.Templates;
using RetailLake.Tests.Streams;

namespace RetailLake.Tests.Kafka;

internal static class Polled
{
    public static LocalTopicMapping Mapping { get; } = new(
        "PosTopicMapping", LocalArn.Function("LandPosEvents"), LocalArn.Cluster("local"), ["pos.bill"], FromLatest: false, BatchSize: 100, TimeSpan.Zero,
        ReportsItems: true, Bisects: false, MaximumRetries: -1, KeepsFailures: true, "");

    public static PolledRecord Record(int partition, long offset, string? value = "{}") => new(new("pos.bill", partition), Segments.Record(offset, value));

    public static List<PolledRecord> Records(int partition, long first, long last) =>
        [.. Enumerable.Range((int)first, (int)(last - first + 1)).Select(offset => Record(partition, offset))];
}
