using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Rows;
using RetailLake.Core.Rows.Drops;
using RetailLake.Core.Streams;

namespace RetailLake.Sources.Streams;

/// <summary>
/// Rows of a landed segment's records. A unit is a record. What is wrong with a record is a refused row of its table, and the next record is read: no record holds
/// up another, and none is left out without a count in <see cref="Skipped"/>. Allocates nothing for a good record.
/// </summary>
public abstract class StreamRecordReader : DropReader
{
    private static readonly RejectReason NotUtf8 = new(RejectCode.Utf8, "UTF-8 text");

    private readonly SegmentReader segment;
    private readonly SortedDictionary<string, long> skipped = new(StringComparer.Ordinal);
    private readonly RejectReason tooLong;
    private readonly StreamSpec stream;
    private readonly bool isIgnored;
    private readonly long firstOffset;
    private RowOrigin origin;
    private bool hasRecord;

    /// <param name="firstOffset">Records below it are another segment's.</param>
    private protected StreamRecordReader(Contract contract, SegmentReader segment, long firstOffset)
    {
        (this.segment, stream, this.firstOffset) = (segment, contract.Stream!, firstOffset);
        isIgnored = stream.Ignored.Contains(segment.Of.Topic);
        tooLong = new(RejectCode.TooLongBytes, $"a record of at most {stream.MaxBytes:N0} bytes");
        File = DropRef.NumberOf(segment.Of.ToString());
    }

    public override IReadOnlyDictionary<string, long> Skipped => skipped;

    public override RowOrigin? Origin => origin;

    public override long? RecordOffset => segment.Offset;

    /// <summary>Stands for the partition.</summary>
    private protected long File { get; }

    private protected TopicPartition Of => segment.Of;

    /// <summary>What holds key and value of the current record.</summary>
    private protected byte[] Buffer { get; private set; } = [];

    private protected RecordHead Record { get; private set; }

    public override bool Read()
    {
        while (true)
        {
            if (hasRecord && Next())
            {
                return true;
            }

            if (!segment.Read())
            {
                return false;
            }

            UnitNumber = segment.RecordNumber;
            hasRecord = segment.Offset >= firstOffset && Take();
        }
    }

    public override void Dispose()
    {
        segment.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A record's value that is there, is UTF-8 and not too long.</summary>
    /// <returns>False when it gives no row, which was counted.</returns>
    private protected abstract bool Begin(int start, int length);

    /// <summary>A record without a value.</summary>
    /// <inheritdoc cref="Begin"/>
    private protected abstract bool BeginTombstone();

    /// <summary>The record is a refused row of its table.</summary>
    private protected abstract bool Refuse(RejectReason reason);

    /// <summary>Shows the record's next row.</summary>
    private protected abstract bool Next();

    private protected void Show(int table, LandedRow row, in RowOrigin from) => (TableIndex, Row, origin) = (table, row, from);

    private protected bool Skip(string kind)
    {
        CollectionExtensions.TryAdd(skipped, kind, 0);
        skipped[kind]++;
        return false;
    }

    private bool Take()
    {
        if (isIgnored)
        {
            return Skip($"topic {Of.Topic}");
        }

        var (key, value) = (segment.Key, segment.Value);
        var (keyStart, keyLength) = key is { } some ? Place(some) : (-1, 0);
        var (start, length) = value is { } there ? Place(there) : (-1, 0);

        // JSON holds no NUL, but a key may.
        var isAscii = (key is null || (Ascii.IsValid(key.Value.Span) && !key.Value.Span.Contains((byte)0))) && (value is null || Ascii.IsValid(value.Value.Span));
        Record = new(segment.Offset, segment.Timestamp is >= 0 and <= RecordHead.LastMillis ? segment.Timestamp : -1, keyStart, keyLength, isAscii);
        return value is null ? BeginTombstone()
            : length > stream.MaxBytes ? Refuse(tooLong)
            : !isAscii && !Utf8.IsValid(value.Value.Span) ? Refuse(NotUtf8)
            : Begin(start, length);
    }

    private (int Start, int Length) Place(ReadOnlyMemory<byte> bytes)
    {
        _ = MemoryMarshal.TryGetArray(bytes, out var place);
        Buffer = place.Array ?? Buffer;
        return (place.Offset, place.Count);
    }
}
