using System.Buffers;
using System.Globalization;
using System.Text;
using RetailLake.Core.Errors;
using RetailLake.Core.Rows.Landing;

namespace RetailLake.Core.Streams;

/// <summary>
/// Reads a segment's records over one reused buffer: key, value and headers hold until the next <see cref="Read"/>. A torn frame, bytes behind the last
/// record, and offsets that do not rise are errors, never short reads. What was read before the end is unproven: publish nothing before <see cref="Read"/> said false.
/// </summary>
public sealed class SegmentReader : IDisposable
{
    /// <summary>An event of Lambda carries six megabytes; a length beyond this is damage and reserves no memory.</summary>
    public const int MaximumRecordBytes = 64 * 1024 * 1024;

    private const int MaximumHead = 300;

    private readonly Stream source;
    private readonly string name;
    private byte[] buffer;
    private int position;
    private int filled;
    private int bodyStart;
    private int bodyLength;
    private bool ended;

    private SegmentReader(Stream source, string name)
    {
        this.source = source;
        this.name = name;
        buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            Of = ReadHead(out var first, out var last, out var count);
            (First, Last, Count) = (first, last, count);
            Offset = first - 1;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public TopicPartition Of { get; }

    public long First { get; }

    public long Last { get; }

    public long Count { get; }

    /// <summary>Records read so far; of the current one its 1-based number.</summary>
    public long RecordNumber { get; private set; }

    public long Offset { get; private set; }

    public long Timestamp { get; private set; }

    public TimestampKind TimestampKind { get; private set; }

    public ReadOnlyMemory<byte>? Key { get; private set; }

    /// <summary>Null is a tombstone.</summary>
    public ReadOnlyMemory<byte>? Value { get; private set; }

    public SegmentHeaders Headers { get; private set; }

    /// <summary>The record without its offset; equal records have equal bytes.</summary>
    internal ReadOnlySpan<byte> Body => buffer.AsSpan(bodyStart, bodyLength);

    /// <param name="stored">The object's bytes; closed with the reader.</param>
    /// <param name="name">The object's key, for errors.</param>
    /// <exception cref="ObjectDamagedException">It is no segment.</exception>
    public static SegmentReader Open(Stream stored, string name) => new(LandingCompression.Decompress(stored), name);

    /// <returns>False after the last record, when the segment is proven whole.</returns>
    /// <exception cref="ObjectDamagedException">The segment is torn, or says something else than its head.</exception>
    public bool Read()
    {
        if (RecordNumber == Count)
        {
            RequireEnd();
            return false;
        }

        var before = (ulong)Offset;
        var step = ReadNumber();
        if (step == 0 || step > (ulong)Last - before || (RecordNumber == 0 && step != 1))
        {
            throw Damaged("an offset that does not rise within the segment's own");
        }

        var length = ReadNumber();
        if (length > MaximumRecordBytes || !TryFill((int)length))
        {
            throw Damaged(length > MaximumRecordBytes ? $"a record of {length} bytes" : "the end within a record");
        }

        (bodyStart, bodyLength) = (position, (int)length);
        position += bodyLength;
        if (!TryParse(buffer.AsMemory(bodyStart, bodyLength)))
        {
            throw Damaged("a record that does not end where its length says");
        }

        Offset = (long)(before + step);
        RecordNumber++;
        return true;
    }

    public void Dispose()
    {
        source.Dispose();
        var rented = Interlocked.Exchange(ref buffer, []);
        if (rented.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private TopicPartition ReadHead(out long first, out long last, out long count)
    {
        if (!TryFill(SegmentWriter.Magic.Length + 1) || !buffer.AsSpan(position).StartsWith(SegmentWriter.Magic) || buffer[position + SegmentWriter.Magic.Length] != SegmentWriter.Version)
        {
            throw Damaged($"no segment of version {SegmentWriter.Version}");
        }

        position += SegmentWriter.Magic.Length + 1;
        var length = ReadNumber();
        if (length > MaximumHead || !TryFill((int)length))
        {
            throw Damaged("no topic");
        }

        var topic = Encoding.Latin1.GetString(buffer, position, (int)length);
        position += (int)length;
        var (partition, from, to, records) = (ReadNumber(), ReadNumber(), ReadNumber(), ReadNumber());
        if (!TopicName.IsValid(topic) || partition > int.MaxValue || to > long.MaxValue || from > to || records == 0 || records - 1 > to - from)
        {
            throw Damaged("a head that contradicts itself");
        }

        (first, last, count) = ((long)from, (long)to, (long)records);
        return new(topic, (int)partition);
    }

    private bool TryParse(ReadOnlyMemory<byte> body)
    {
        var cursor = new BodyCursor(body);
        if (!cursor.TryNumber(out var kind) || kind > (ulong)TimestampKind.NoTimestampType || !cursor.TryNumber(out var timestamp)
            || !cursor.TryBytes(out var key) || !cursor.TryNumber(out var headers) || headers > (ulong)body.Length)
        {
            return false;
        }

        var before = cursor.Rest;
        for (var index = 0UL; index < headers; index++)
        {
            if (!cursor.TryBytes(out var header) || header is null || !cursor.TryBytes(out _))
            {
                return false;
            }
        }

        Headers = new(before[..^cursor.Rest.Length], (int)headers);
        if (!cursor.TryBytes(out var value) || !cursor.Rest.IsEmpty)
        {
            return false;
        }

        (TimestampKind, Timestamp, Key, Value) = ((TimestampKind)kind, Varint.UnZigZag(timestamp), key, value);
        return true;
    }

    private void RequireEnd()
    {
        if (Offset != Last)
        {
            throw Damaged($"the last record at offset {Offset}");
        }

        if (TryFill(1))
        {
            throw Damaged("bytes behind the last record");
        }
    }

    private ulong ReadNumber()
    {
        while (true)
        {
            var length = Varint.Read(buffer.AsSpan(position, filled - position), out var number);
            if (length > 0)
            {
                position += length;
                return number;
            }

            if (length < 0 || !TryFill(filled - position + 1))
            {
                throw Damaged(length < 0 ? "no number where one stands" : "the end within a number");
            }
        }
    }

    /// <summary>Makes so many unread bytes lie in the buffer; it grows with what is there, not with what a length claims.</summary>
    private bool TryFill(int wanted)
    {
        while (filled - position < wanted)
        {
            if (ended)
            {
                return false;
            }

            MakeRoom(wanted);
            var got = Fetch();
            ended = got == 0;
            filled += got;
        }

        return true;
    }

    private void MakeRoom(int wanted)
    {
        if (position + wanted > buffer.Length && position > 0)
        {
            buffer.AsSpan(position, filled - position).CopyTo(buffer);
            filled -= position;
            position = 0;
        }

        if (filled == buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
            buffer.AsSpan(0, filled).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }
    }

    private int Fetch()
    {
        try
        {
            return source.Read(buffer, filled, buffer.Length - filled);
        }
        catch (Exception exception) when (LandingCompression.IsDamage(exception))
        {
            throw Damaged($"a torn or damaged frame ({exception.Message})");
        }
    }

    private ObjectDamagedException Damaged(string found) => new(
        string.Create(CultureInfo.InvariantCulture, $"Found {found} in '{name}' behind record {RecordNumber}; a segment is one whole frame of records with rising offsets."),
        "Nothing was taken from it.",
        "Restore the object from the bucket's versions or a backup, then redrive.");
}
