using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RetailLake.Sources.FlatFile;

/// <summary>
/// The positions of delimiters, quotes and line ends in a stretch of text, and which of them are line ends: all of them, or only those that end a field if all
/// quotes stand where they may. In the latter case, and without quotes, a record is known by two positions of the list, however many fields it has.
/// The stretch is short, so that text and list stay in the first-level cache.
/// </summary>
/// <param name="quote">Null: no byte is one.</param>
internal sealed class SpecialBytes(byte delimiter, byte? quote)
{
    /// <summary>As many blocks as a number has bits for.</summary>
    private const int MostBytes = 64 * TextBlock.Length;

    /// <summary>Positions written at once. Few blocks have more, and those written in vain cost less than a branch for each that is there.</summary>
    private const int Group = 8;

    private readonly int[] positions = new int[1 + MostBytes + Group];
    private readonly int[] lineEnds = new int[MostBytes];

    // A bit for each block that has quotes, or such as stand where none may, or doubled ones, or bytes that are NUL or no ASCII.
    private ulong quoted;
    private ulong odd;
    private ulong doubled;
    private ulong foreign;
    private bool areFieldEnds;
    private int start;

    /// <summary>Where the stretch ends.</summary>
    public int End { get; private set; }

    /// <summary>Of <see cref="Positions"/>.</summary>
    public int Count { get; private set; }

    /// <summary>Of <see cref="LineEnds"/>.</summary>
    public int Lines { get; private set; }

    /// <summary>Whether no delimiter, quote or line end of the stretch was left out.</summary>
    public bool AreAll => !areFieldEnds || quoted == 0;

    /// <summary>Ascending; the first is that before the stretch.</summary>
    public ReadOnlySpan<int> Positions => positions;

    /// <summary>Indices of the positions of line ends.</summary>
    public ReadOnlySpan<int> LineEnds => lineEnds;

    /// <summary>The text is another.</summary>
    public void Clear() => (start, End, Count, Lines) = (0, 0, 0, 0);

    /// <summary>Lists the stretch that begins at a position.</summary>
    /// <param name="filled">Where the text ends; the array goes on for a block at least.</param>
    /// <param name="fieldEnds">Only what ends fields; a record begins at the position, and the delimiter is one byte.</param>
    public void Find(byte[] text, int from, int filled, bool fieldEnds)
    {
        var (separator, mark) = (delimiter, quote ?? delimiter);
        ref var first = ref MemoryMarshal.GetArrayDataReference(text);
        var (end, count, lines, bit) = (Math.Min(filled, from + MostBytes), 1, 0, 1UL);
        var state = new QuoteState();
        (areFieldEnds, start, quoted, odd, doubled, foreign, positions[0]) = (fieldEnds && quote is not null, from, 0, 0, 0, 0, from - 1);
        for (var at = from; at < end; at += TextBlock.Length)
        {
            var block = TextBlock.Read(ref Unsafe.Add(ref first, at), separator, mark);
            if (filled - at < TextBlock.Length)
            {
                block = block.Cut(filled - at);
            }

            var (ending, newLines) = (block.Specials, block.LineEnds);
            quoted |= block.Quotes != 0 ? bit : 0;
            if (areFieldEnds && quoted != 0)
            {
                var within = state.Take(block, out var oddBytes, out var doubledQuotes);
                (ending, newLines) = (ending & ~(within | block.Quotes), newLines & ~within);
                odd |= oddBytes != 0 ? bit : 0;
                doubled |= doubledQuotes != 0 ? bit : 0;
            }
            else
            {
                state.Pass(block);
            }

            for (var left = newLines; left != 0; left &= left - 1)
            {
                lineEnds[lines++] = count + BitOperations.PopCount(ending & ((left ^ (left - 1)) >> 1));
            }

            Write(ending, at, count);
            count += BitOperations.PopCount(ending);
            foreign |= block.IsPlain ? 0 : bit;
            bit <<= 1;
        }

        (End, Count, Lines) = (end, count, lines);
    }

    /// <returns>The index of a position, which may be that before the stretch; below 0 when it is not listed.</returns>
    public int IndexOf(int position) => positions.AsSpan(0, Count).BinarySearch(position);

    /// <returns>The index of the first line end behind a position of the list.</returns>
    public int LineBehind(int index)
    {
        var found = lineEnds.AsSpan(0, Lines).BinarySearch(index + 1);
        return found < 0 ? ~found : found;
    }

    /// <summary>Whether text of the stretch is known to have no quotes.</summary>
    /// <param name="to">Behind its last byte.</param>
    public bool AreUnquoted(int from, int to) => quote is null || (quoted & BlocksOf(from, to)) == 0;

    /// <summary>Whether quotes of the stretch are known to enclose whole fields of a text that begins with a record. Asked of a list of field ends alone.</summary>
    /// <param name="to">Behind its last byte.</param>
    public bool AreWellQuoted(int from, int to) => areFieldEnds && (odd & BlocksOf(from, to)) == 0;

    /// <summary>Whether text of the stretch, which is well quoted, may have doubled quotes.</summary>
    /// <param name="to">Behind its last byte.</param>
    public bool MayBeDoubled(int from, int to) => (doubled & BlocksOf(from, to)) != 0;

    /// <summary>Whether text that ends in the stretch is known to be ASCII without NUL.</summary>
    /// <param name="to">Behind its last byte.</param>
    public bool ArePlain(int from, int to) => from >= start && (foreign & BlocksOf(from, to)) == 0;

    private ulong BlocksOf(int from, int to)
    {
        var (first, last) = ((from - start) / TextBlock.Length, (to - 1 - start) / TextBlock.Length);
        return ((2UL << (last - first)) - 1) << first;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Write(ulong bits, int block, int index)
    {
        for (; bits != 0; index += Group)
        {
            var group = positions.AsSpan(index, Group);
            for (var half = 0; half < Group; half += 4)
            {
                group[half] = block + Take(ref bits);
                group[half + 1] = block + Take(ref bits);
                group[half + 2] = block + Take(ref bits);
                group[half + 3] = block + Take(ref bits);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Take(ref ulong bits)
    {
        var index = BitOperations.TrailingZeroCount(bits);
        bits &= bits - 1;
        return index;
    }
}
