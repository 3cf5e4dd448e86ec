using System.Buffers;
using RetailLake.Core.Rows.Drops;
using RetailLake.Core.Rows.Landing;

namespace RetailLake.Core.Rows;

/// <summary>
/// The current row of a reader, in the order of the contract's columns. Implementations are structs, so that the code over them is compiled
/// for each kind of reader and a field costs no virtual call.
/// </summary>
internal interface IRow
{
    /// <summary>1-based in its table and slice.</summary>
    long SliceNumber { get; }

    /// <summary>1-based in its table and landed object.</summary>
    long Number { get; }

    /// <summary>1-based in the landed object; null where rows do not come in units.</summary>
    long? UnitNumber { get; }

    /// <summary>Whether all fields are known to be ASCII without NUL.</summary>
    bool IsPlainAscii { get; }

    /// <inheritdoc cref="LandedRow.Repeats"/>
    ulong Repeats { get; }

    /// <summary>Whether the reader refused a field or the whole record; then only <see cref="Refusal"/> and <see cref="RowRefusal"/> say which.</summary>
    bool IsRefused { get; }

    RejectReason? RowRefusal { get; }

    /// <summary>A deletion has its key and nothing else, a truncation not even that.</summary>
    RowChange Change { get; }

    /// <summary>Of streams: where its record stands in the partition.</summary>
    long? RecordOffset { get; }

    RejectReason? Refusal(int index);

    bool IsNull(int index);

    /// <summary>Empty for NULL.</summary>
    ReadOnlySpan<byte> Field(int index);

    /// <summary>Writes the field in the dialect <c>mysql-tab</c>: <c>\N</c> for NULL, escapes and all.</summary>
    void WriteEscaped(int index, IBufferWriter<byte> target);
}

internal readonly struct TabRow(TabReader reader) : IRow
{
    public long SliceNumber => reader.RowNumber;

    public long Number => reader.RowNumber;

    public long? UnitNumber => null;

    public bool IsPlainAscii => reader.IsPlainAscii;

    public ulong Repeats => 0;

    public bool IsRefused => false;

    public RejectReason? RowRefusal => null;

    public RowChange Change => RowChange.Upsert;

    public long? RecordOffset => null;

    public RejectReason? Refusal(int index) => null;

    public bool IsNull(int index) => reader.IsNull(index);

    public ReadOnlySpan<byte> Field(int index) => reader.Field(index);

    public void WriteEscaped(int index, IBufferWriter<byte> target) => target.Write(reader.Raw(index));
}

/// <param name="before">Rows of the table in the drops of the slice before this one.</param>
internal readonly struct DropRow(LandedRow row, long before, long unitNumber, RowChange change = RowChange.Upsert, long? offset = null) : IRow
{
    public long SliceNumber => before + row.Number;

    public long Number => row.Number;

    public long? UnitNumber => unitNumber;

    public bool IsPlainAscii => row.IsPlainAscii;

    public ulong Repeats => row.Repeats;

    public bool IsRefused => row.IsRefused;

    public RejectReason? RowRefusal => row.RowRefusal;

    public RowChange Change => change;

    public long? RecordOffset => offset;

    public RejectReason? Refusal(int index) => row.Refusal(index);

    public bool IsNull(int index) => row.IsNull(index);

    public ReadOnlySpan<byte> Field(int index) => row.Field(index);

    public void WriteEscaped(int index, IBufferWriter<byte> target)
    {
        if (row.IsNull(index))
        {
            target.Write("\\N"u8);
            return;
        }

        var field = row.Field(index);
        target.Advance(TabText.Escape(field, target.GetSpan(2 * field.Length)));
    }
}
