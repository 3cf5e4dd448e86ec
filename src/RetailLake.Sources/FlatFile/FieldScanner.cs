using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using RetailLake.Sources.Drops;

namespace RetailLake.Sources.FlatFile;

/// <summary>The slots of records of which nobody knows how many fields come: they grow with the widest record.</summary>
internal abstract class FieldScanner : RecordScanner
{
    /// <summary>Slots that <see cref="SetFields"/> may write in vain, and positions it may read: eight at a time are cheaper than to look where they end.</summary>
    protected const int SpareFields = 8;

    /// <summary>Fields beyond are counted but not kept: no layout has so many.</summary>
    private const int MaximumFields = 65_536;

    // Behind the last field that was quoted.
    private int quotedEnd;

    protected FieldScanner(DropFaults faults, bool substituteEof, bool mustEndLine, int bufferBytes)
        : base(faults, substituteEof, mustEndLine, bufferBytes) =>
        (Starts, Ends, Quoted) = (new int[64], new int[64], new bool[64]);

    protected void ForgetQuoted()
    {
        if (HasQuoted)
        {
            Array.Clear(Quoted, 0, quotedEnd);
            HasQuoted = false;
        }
    }

    /// <summary>Sets the first fields, each between two positions.</summary>
    /// <param name="positions">One more than fields, and <see cref="SpareFields"/> less one that mean nothing.</param>
    protected void SetFields(ReadOnlySpan<int> positions, int fields)
    {
        MakeRoom(fields);
        var (starts, ends) = (Starts, Ends);
        for (var at = 0; at < fields; at += Vector256<int>.Count)
        {
            (Vector256.Create(positions[at..]) + Vector256<int>.One).CopyTo(starts, at);
            Vector256.Create(positions[(at + 1)..]).CopyTo(ends, at);
        }
    }

    /// <summary>The same where quotes may enclose fields: such a field lies between its quotes.</summary>
    /// <param name="positions">One more than fields.</param>
    protected void SetQuotedFields(ReadOnlySpan<int> positions, int fields, byte quote)
    {
        MakeRoom(fields);
        ref var data = ref MemoryMarshal.GetArrayDataReference(Data);
        var starts = Starts.AsSpan(0, fields);
        var ends = Ends.AsSpan(0, fields);
        var quoted = Quoted.AsSpan(0, fields);
        var (start, any) = (positions[0] + 1, 0);
        for (var index = 0; index < starts.Length; index++)
        {
            // An empty field is told by the byte that ends it, which is no quote.
            var isQuoted = Unsafe.Add(ref data, start) == quote;
            var mark = isQuoted ? 1 : 0;
            var end = positions[index + 1];
            (starts[index], ends[index], quoted[index]) = (start + mark, end - mark, isQuoted);
            (start, any) = (end + 1, any | mark);
        }

        (HasQuoted, quotedEnd) = (any != 0, fields);
    }

    /// <param name="close">The closing quote of a quoted field, or -1.</param>
    /// <returns>Whether text stands behind the closing quote.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected bool AddField(ref int fields, int start, int end, int close)
    {
        var index = fields++;
        if ((uint)index >= (uint)Starts.Length && !TryGrow())
        {
            return false;
        }

        var isQuoted = close >= 0;
        Starts[index] = isQuoted ? start + 1 : start;
        Ends[index] = isQuoted ? close : end;
        if (isQuoted)
        {
            Quoted[index] = HasQuoted = true;
            quotedEnd = index + 1;
        }

        return isQuoted && close + 1 != end;
    }

    /// <summary>In place: the buffer is behind this record, and a field only becomes shorter.</summary>
    protected void Undouble(byte quote)
    {
        for (var index = 0; index < Slots; index++)
        {
            var field = Quoted[index] ? Data.AsSpan(Starts[index], Ends[index] - Starts[index]) : default;
            var read = field.IndexOf(quote);
            if (read < 0)
            {
                continue;
            }

            var written = read;
            for (; read < field.Length; read++)
            {
                field[written++] = field[read];
                read += field[read] == quote ? 1 : 0;
            }

            Ends[index] = Starts[index] + written;
        }
    }

    private void MakeRoom(int fields)
    {
        while (fields + SpareFields > Starts.Length)
        {
            _ = TryGrow();
        }
    }

    /// <returns>False when there are as many as are kept.</returns>
    private bool TryGrow()
    {
        if (Starts.Length >= MaximumFields)
        {
            return false;
        }

        var (starts, ends, quoted) = (Starts, Ends, Quoted);
        Array.Resize(ref starts, 2 * starts.Length);
        Array.Resize(ref ends, 2 * ends.Length);
        Array.Resize(ref quoted, 2 * quoted.Length);
        (Starts, Ends, Quoted) = (starts, ends, quoted);
        return true;
    }
}
