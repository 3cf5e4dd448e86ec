using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using RetailLake.Core.Errors;

namespace RetailLake.Core.Rows.Landing;

/// <summary>
/// Reads rows in the dialect <c>mysql-tab</c> over one reused buffer: fields are spans that hold until the next <see cref="Read"/>.
/// Separators are found 64 bytes at a time. A torn last row, a torn frame and a wrong number of fields are errors, never short reads.
/// </summary>
public sealed class TabReader : IDisposable
{
    public const int DefaultMaximumRowBytes = 64 * 1024 * 1024;

    private const int Stride = 64;

    private readonly Stream source;
    private readonly string name;
    private readonly int columns;
    private readonly int maximumRowBytes;
    private readonly Stream? compressed;

    // Field i lies in [ends[i] + 1, ends[i + 1]) of the buffer; ends[0] is the row's start minus one.
    private readonly int[] ends;
    private readonly EscapedFields escaped;
    private byte[] buffer;
    private int filled;
    private int rowStart;
    private int scanBase;
    private ulong mask;
    private bool endOfSource;
    private bool rowHasEscapes;

    /// <param name="source">Plain text; see <see cref="OverLanded"/>.</param>
    /// <param name="columns">Fields that every row must have.</param>
    /// <param name="name">The object's key, for errors.</param>
    public TabReader(Stream source, int columns, string name, int bufferBytes = 256 * 1024, int maximumRowBytes = DefaultMaximumRowBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        this.source = source;
        this.columns = columns;
        this.name = name;
        this.maximumRowBytes = maximumRowBytes;
        ends = new int[columns + 1];
        escaped = new EscapedFields(columns);
        buffer = ArrayPool<byte>.Shared.Rent(bufferBytes + Stride);
    }

    private TabReader(Stream source, int columns, string name, Stream compressed)
        : this(source, columns, name) => this.compressed = compressed;

    /// <summary>Rows read so far; of the current row its 1-based number.</summary>
    public long RowNumber { get; private set; }

    /// <summary>The current row's bytes as landed, without its line end.</summary>
    public ReadOnlySpan<byte> RawRow => buffer.AsSpan(ends[0] + 1, ends[columns] - ends[0] - 1);

    /// <summary>Whether the row is ASCII without NUL and escapes: then all its fields are good UTF-8, proven once per row and not per field.</summary>
    internal bool IsPlainAscii => !rowHasEscapes && Ascii.IsValid(RawRow) && !RawRow.Contains((byte)0);

    public static TabReader OverLanded(Stream stored, int columns, string name) => new(LandingCompression.Decompress(stored), columns, name, stored);

    /// <summary>A field's value; empty for NULL.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Field(int index) => rowHasEscapes ? escaped.Field(index, Raw(index)) : Raw(index);

    public bool IsNull(int index) => rowHasEscapes && Raw(index) is [TabText.Backslash, (byte)'N'];

    /// <summary>The field as landed, escapes and all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Raw(int index)
    {
        var start = ends[index] + 1;
        return MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(buffer), start), ends[index + 1] - start);
    }

    /// <returns>False after the last row.</returns>
    /// <exception cref="ObjectDamagedException">The text is torn, or a row has another number of fields.</exception>
    public bool Read()
    {
        while (true)
        {
            if (TryScanRow())
            {
                RowNumber++;
                if (rowHasEscapes)
                {
                    escaped.Unescape(this);
                }

                return true;
            }

            if (endOfSource)
            {
                return filled == rowStart ? false : throw Torn($"Found {filled - rowStart:N0} bytes after row {RowNumber:N0} without a line end in '{name}'; every row ends with one.");
            }

            Fill();
        }
    }

    public void Dispose()
    {
        source.Dispose();
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
        escaped.Dispose();
    }

    private bool TryScanRow()
    {
        ref var start = ref MemoryMarshal.GetArrayDataReference(buffer);
        var (bits, at, found, skip) = (mask, scanBase, 0, -1);
        var row = ends;
        row[0] = rowStart - 1;
        rowHasEscapes = false;
        while (true)
        {
            while (bits == 0)
            {
                at += Stride;
                if (at >= filled)
                {
                    return false;
                }

                bits = Specials(ref Unsafe.Add(ref start, at));
            }

            var position = at + BitOperations.TrailingZeroCount(bits);
            bits &= bits - 1;
            if (position >= filled)
            {
                return false;
            }

            if (position == skip)
            {
                continue;
            }

            var special = Unsafe.Add(ref start, position);
            if (special == TabText.Backslash)
            {
                rowHasEscapes = true;
                skip = position + 1;
                continue;
            }

            found++;
            if (found <= columns)
            {
                row[found] = position;
            }

            if (special == TabText.NewLine)
            {
                if (found != columns)
                {
                    throw WrongWidth(found);
                }

                (mask, scanBase, rowStart) = (bits, at, position + 1);
                return true;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Specials(ref byte at)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            var bytes = Vector512.LoadUnsafe(ref at);
            return (Vector512.Equals(bytes, Vector512.Create(TabText.Tab)) | Vector512.Equals(bytes, Vector512.Create(TabText.NewLine))
                | Vector512.Equals(bytes, Vector512.Create(TabText.Backslash))).ExtractMostSignificantBits();
        }

        return Half(ref at) | ((ulong)Half(ref Unsafe.Add(ref at, 32)) << 32);

        static uint Half(ref byte at)
        {
            var bytes = Vector256.LoadUnsafe(ref at);
            return (Vector256.Equals(bytes, Vector256.Create(TabText.Tab)) | Vector256.Equals(bytes, Vector256.Create(TabText.NewLine))
                | Vector256.Equals(bytes, Vector256.Create(TabText.Backslash))).ExtractMostSignificantBits();
        }
    }

    /// <summary>Moves the row begun to the buffer's start, reads until the buffer is full, and begins the scan of that row anew.</summary>
    private void Fill()
    {
        var kept = filled - rowStart;
        if (kept > (buffer.Length - Stride) / 2)
        {
            Grow(kept);
        }
        else
        {
            buffer.AsSpan(rowStart, kept).CopyTo(buffer);
        }

        (filled, rowStart) = (kept, 0);
        try
        {
            while (!endOfSource && filled < buffer.Length - Stride)
            {
                var read = source.Read(buffer, filled, buffer.Length - Stride - filled);
                endOfSource = read == 0;
                filled += read;
            }
        }
        catch (Exception exception) when (LandingCompression.IsDamage(exception))
        {
            throw Torn($"Found a torn or damaged Zstandard frame after row {RowNumber:N0} of '{name}'; a complete one was landed.");
        }

        // Nothing at all reads as an empty text; an empty text is a frame of some bytes.
        if (endOfSource && compressed is { Position: 0 })
        {
            throw Torn($"Found no bytes in '{name}'; a Zstandard frame was landed.");
        }

        (scanBase, mask) = (0, filled == 0 ? 0 : Specials(ref buffer[0]));
    }

    private void Grow(int kept)
    {
        if (kept > maximumRowBytes)
        {
            throw new NotSupportedByLakeException(
                $"Found more than {maximumRowBytes:N0} bytes in row {RowNumber + 1:N0} of '{name}'; a row may have at most that many.",
                "The object stays in landing and nothing was loaded.",
                "Leave the column with the large values out of the contract.");
        }

        var larger = ArrayPool<byte>.Shared.Rent((2 * buffer.Length) + Stride);
        buffer.AsSpan(rowStart, kept).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }

    private ObjectDamagedException WrongWidth(int found) => new(
        $"Found {found:N0} columns on row {RowNumber + 1:N0} of '{name}'; the contract expects {columns:N0}.",
        "The object stays in landing and nothing was loaded.",
        "Start the work again with 'lake rerun'; if it repeats, compare the contract's columns with the landed object's.");

    private static ObjectDamagedException Torn(string found) => new(
        found, "Nothing was taken from it.", "Restore the object, then redrive; or read the source again with 'lake rerun'.");
}
