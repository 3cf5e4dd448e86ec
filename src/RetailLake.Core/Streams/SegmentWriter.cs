using System.Buffers;
using System.Text;
using RetailLake.Core.Rows.Landing;

namespace RetailLake.Core.Streams;

/// <summary>
/// Gathers what one invocation got of one partition, in any order, and writes it by offset. A record that came twice is written once; two different ones of
/// one offset are refused. Framing: docs/architecture.md, "Segments".
/// </summary>
public sealed class SegmentWriter(TopicPartition of)
{
    internal const byte Version = 1;

    private readonly ArrayBufferWriter<byte> bodies = new();
    private readonly SortedDictionary<long, (int Start, int Length)> records = [];

    internal static ReadOnlySpan<byte> Magic => "RLSEG"u8;

    public int Count => records.Count;

    public IEnumerable<long> Offsets => records.Keys;

    public long First => records.First().Key;

    public long Last => records.Last().Key;

    /// <exception cref="StreamConflictException">Another record of this offset was added before.</exception>
    public void Add(StreamRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentOutOfRangeException.ThrowIfNegative(record.Offset);
        var start = bodies.WrittenCount;
        RecordBody.Write(bodies, record);
        var body = (Start: start, Length: bodies.WrittenCount - start);
        if (records.TryGetValue(record.Offset, out var earlier))
        {
            if (!Body(earlier).SequenceEqual(Body(body)))
            {
                throw StreamConflictException.InOneDelivery(of, record.Offset);
            }

            return;
        }

        records.Add(record.Offset, body);
    }

    /// <returns>The record's bytes without its offset; null when there is no such offset here.</returns>
    internal ReadOnlyMemory<byte>? Body(long offset) =>
        records.TryGetValue(offset, out var body) ? bodies.WrittenMemory.Slice(body.Start, body.Length) : null;

    /// <summary>Writes one compressed frame with a checksum of its own.</summary>
    public void WriteTo(Stream destination)
    {
        using var frame = LandingCompression.Compress(destination);
        var head = new ArrayBufferWriter<byte>(300);
        head.Write(Magic);
        head.Write([Version]);
        Varint.Write(head, (ulong)Encoding.ASCII.GetByteCount(of.Topic));
        head.Write(Encoding.ASCII.GetBytes(of.Topic));
        foreach (var number in (ReadOnlySpan<long>)[of.Partition, First, Last, Count])
        {
            Varint.Write(head, (ulong)number);
        }

        frame.Write(head.WrittenSpan);
        var before = First - 1;
        foreach (var (offset, body) in records)
        {
            head.ResetWrittenCount();
            Varint.Write(head, (ulong)(offset - before));
            Varint.Write(head, (ulong)body.Length);
            frame.Write(head.WrittenSpan);
            frame.Write(Body(body));
            before = offset;
        }
    }

    private ReadOnlySpan<byte> Body((int Start, int Length) body) => bodies.WrittenSpan.Slice(body.Start, body.Length);
}
