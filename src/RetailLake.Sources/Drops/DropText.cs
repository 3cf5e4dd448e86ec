namespace RetailLake.Sources.Drops;

/// <summary>A document's text as UTF-8, whatever its declared encoding; the byte order mark is taken. Streams; allocates nothing while it is read.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>utf-8</term><description>as it is: bytes that are no UTF-8 reach the columns' parsers, which refuse the value</description></item>
/// <item><term>utf-16 (with a mark), utf-16le, utf-16be</term><description>strict: half a character refuses the drop as damaged, at the end as torn</description></item>
/// <item><term>windows-1252, iso-8859-1, us-ascii</term><description>a byte that means no character becomes 0xFF, which is in no UTF-8: that value is refused, the others are not</description></item>
/// </list>
/// A mark of another encoding refuses the drop: its text would be read as other characters.
/// </remarks>
internal static class DropText
{
    private const int LongestMark = 3;

    private static readonly Dictionary<string, ByteTable?> Tables = new(StringComparer.Ordinal)
    {
        ["utf-8"] = null,
        ["utf-16"] = null,
        ["utf-16le"] = null,
        ["utf-16be"] = null,
        ["windows-1252"] = ByteTable.Windows1252,
        ["iso-8859-1"] = ByteTable.Latin1,
        ["us-ascii"] = ByteTable.Ascii,
    };

    private static ReadOnlySpan<byte> Utf8Mark => [0xEF, 0xBB, 0xBF];

    public static bool IsKnown(string encoding) => Tables.ContainsKey(encoding);

    /// <summary>Whether one byte is one character.</summary>
    public static bool IsSingleByte(string encoding) => Tables[encoding] is not null;

    public static bool IsUtf16(string encoding) => encoding.StartsWith("utf-16", StringComparison.Ordinal);

    /// <param name="document">Not closed.</param>
    /// <exception cref="Core.Drops.DropRefusedException">The text carries the mark of another encoding, or lacks its own.</exception>
    public static Stream Open(Stream document, string encoding, DropFaults faults)
    {
        var peeked = new PeekedStream(document, LongestMark);
        var marked = peeked.Head switch
        {
            [0xEF, 0xBB, 0xBF] => "utf-8",
            [0xFF, 0xFE, ..] => "utf-16le",
            [0xFE, 0xFF, ..] => "utf-16be",
            _ => null,
        };
        if (encoding == "utf-16")
        {
            encoding = marked is "utf-16le" or "utf-16be" ? marked
                : throw faults.Format($"Found no byte order mark in {faults.Where}; the contract expects utf-16 with one.");
        }

        if (marked is not null)
        {
            peeked.Skip(marked == encoding ? (marked == "utf-8" ? Utf8Mark.Length : 2) : throw faults.Format($"Found {marked} text in {faults.Where}; the contract expects {encoding}."));
        }

        return encoding == "utf-8" ? peeked
            : IsUtf16(encoding) ? new Utf16Text(peeked, encoding == "utf-16be", faults)
            : new SingleByteText(peeked, Tables[encoding]!);
    }
}
