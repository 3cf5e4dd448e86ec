using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Lake;
using RetailLake.Core.Streams;
using RetailLake.Tests.Contracts.Streams;

namespace RetailLake.Tests.Streams;

/// <summary>Records, segments and what is read back of them.</summary>
internal static class Segments
{
    public static readonly TopicPartition Of = new("pos.bill", 0);

    public static Contract Contract { get; } = StreamContractTests.Load(StreamContractTests.Yaml).Contracts.Single();

    public static StreamRecord Record(long offset, string? value = "{}", string? key = "k", params StreamHeader[] headers) =>
        new(offset, 1_795_376_405_120 + offset, TimestampKind.CreateTime, Bytes(key), headers, Bytes(value));

    public static ReadOnlyMemory<byte>? Bytes(string? text) => text is null ? default(ReadOnlyMemory<byte>?) : Encoding.UTF8.GetBytes(text);

    /// <summary>Anything that Kafka can hold: nulls, empties, bytes of all kinds, the same header twice.</summary>
    public static StreamRecord Any(Random random, long offset) => new(
        offset, random.Next(10) == 0 ? -1 : random.NextInt64(long.MinValue, long.MaxValue), (TimestampKind)random.Next(4), Maybe(random, 40),
        [.. Enumerable.Range(0, random.Next(4)).Select(_ => new StreamHeader(Encoding.UTF8.GetBytes(new string("abé₹"[random.Next(4)], random.Next(3))), Maybe(random, 20)))], Maybe(random, 300));

    public static byte[] Write(IEnumerable<StreamRecord> records, TopicPartition? of = null)
    {
        var writer = new SegmentWriter(of ?? Of);
        foreach (var record in records)
        {
            writer.Add(record);
        }

        using var bytes = new MemoryStream();
        writer.WriteTo(bytes);
        return bytes.ToArray();
    }

    public static List<StreamRecord> Read(byte[] segment)
    {
        using var reader = SegmentReader.Open(new MemoryStream(segment), "landing/x.segment");
        List<StreamRecord> records = [];
        while (reader.Read())
        {
            records.Add(Current(reader));
        }

        records.Count.Should().Be((int)reader.Count);
        return records;
    }

    public static StreamRecord Current(SegmentReader reader)
    {
        List<StreamHeader> headers = [];
        foreach (var header in reader.Headers)
        {
            headers.Add(new(header.Name.ToArray(), Copy(header.Value)));
        }

        return new(reader.Offset, reader.Timestamp, reader.TimestampKind, Copy(reader.Key), headers, Copy(reader.Value));
    }

    /// <summary>All records of a partition that lie in the lake, once each; a second copy must be equal.</summary>
    public static async Task<SortedDictionary<long, string>> LandedAsync(ILake lake, TopicPartition of)
    {
        SortedDictionary<long, string> landed = [];
        await foreach (var key in SegmentKey.BeyondAsync(lake, "pos", "bill", of, -1, default))
        {
            using var reader = SegmentReader.Open((await lake.OpenReadAsync(key.Key, default))!, key.Key);
            (reader.Of, reader.First, reader.Last).Should().Be((of, key.First, key.Last));
            while (reader.Read())
            {
                var text = Text(Current(reader));
                (landed.TryAdd(reader.Offset, text) || landed[reader.Offset] == text).Should().BeTrue();
            }
        }

        return landed;
    }

    /// <summary>Everything of a record, to compare.</summary>
    public static string Text(StreamRecord record) =>
        $"{record.Offset} {record.Timestamp} {record.TimestampKind} {Hex(record.Key)} [{string.Join(' ', record.Headers.Select(header => $"{Hex(header.Name)}={Hex(header.Value)}"))}] {Hex(record.Value)}";

    private static string Hex(ReadOnlyMemory<byte>? bytes) => bytes is { } some ? $"x{Convert.ToHexString(some.Span)}" : "null";

    private static ReadOnlyMemory<byte>? Copy(ReadOnlyMemory<byte>? bytes) => bytes is { } some ? some.ToArray() : default(ReadOnlyMemory<byte>?);

    private static ReadOnlyMemory<byte>? Maybe(Random random, int most)
    {
        if (random.Next(5) == 0)
        {
            return null;
        }

        var bytes = new byte[random.Next(most)];
        random.NextBytes(bytes);
        return bytes;
    }
}
