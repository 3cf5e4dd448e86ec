using System.Text;
using RetailLake.Sources.Drops;
using RetailLake.Sources.Xml.Scanning;

namespace RetailLake.Sources.Xml.Encodings;

/// <summary>
/// Finds a document's encoding from its byte order mark and its declaration, and gives it as UTF-8. The two must agree, and the bytes must be
/// what they say: an amount in the wrong encoding is still an amount, a name is not.
/// </summary>
/// <remarks>
/// <list type="table">
/// <item><term>UTF-8 mark</term><description>no declaration, or utf-8</description></item>
/// <item><term>UTF-16 mark</term><description>no declaration, utf-16, or the one of that order</description></item>
/// <item><term>no mark</term><description>no declaration: utf-8; utf-8, us-ascii, iso-8859-1, windows-1252 as declared</description></item>
/// <item><term>other</term><description>refused</description></item>
/// </list>
/// </remarks>
internal static class XmlEncodings
{
    private const int LongestDeclaration = 1_024;

    /// <param name="document">Not closed.</param>
    public static Stream AsUtf8(Stream document, DropFaults faults, XmlPosition position)
    {
        var peeked = new PeekedStream(document, LongestDeclaration);
        switch (peeked.Head)
        {
            case [0xFF, 0xFE, 0, 0, ..] or [0, 0, 0xFE, 0xFF, ..]:
                throw position.OtherEncoding("UTF-32");
            case [0xFE] or [0xFF]:
                throw position.Torn();
            case [0xEF, 0xBB, 0xBF, ..]:
                Agree(Declared(peeked.Head[3..]), position, "utf-8");
                peeked.Skip(3);
                return peeked;
            case [0xFF, 0xFE, ..]:
                Agree(Declared(Narrow(peeked.Head[2..], low: 0)), position, "utf-16", "utf-16le");
                peeked.Skip(2);
                return new Utf16Text(peeked, bigEndian: false, faults);
            case [0xFE, 0xFF, ..]:
                Agree(Declared(Narrow(peeked.Head[2..], low: 1)), position, "utf-16", "utf-16be");
                peeked.Skip(2);
                return new Utf16Text(peeked, bigEndian: true, faults);
            case [(byte)'<', 0, ..] or [0, (byte)'<', ..]:
                throw position.OtherEncoding("UTF-16 without a byte order mark");
            default:
                return Unmarked(Declared(peeked.Head), peeked, position);
        }
    }

    private static Stream Unmarked(string declared, PeekedStream document, XmlPosition position) => declared switch
    {
        "" or "utf-8" => document,
        "us-ascii" or "ascii" => new SingleByteText(document, ByteTable.Ascii),
        "iso-8859-1" or "latin1" => new SingleByteText(document, ByteTable.PrintedLatin1),
        "windows-1252" => new SingleByteText(document, ByteTable.Windows1252),
        "utf-16" or "utf-16le" or "utf-16be" => throw position.Damaged($"the declaration of encoding '{declared}' in a document of single bytes"),
        _ => throw position.OtherEncoding($"the encoding '{declared}'"),
    };

    private static void Agree(string declared, XmlPosition position, params ReadOnlySpan<string> same)
    {
        if (declared.Length > 0 && !same.Contains(declared))
        {
            throw position.Damaged($"the declaration of encoding '{declared}' in a document whose byte order mark says {same[0]}");
        }
    }

    /// <returns>Lower case, ASCII; empty: none. A declaration that is not sound is the scanner's to refuse.</returns>
    private static string Declared(ReadOnlySpan<byte> head) =>
        head.StartsWith("<?xml"u8) && head.IndexOf("?>"u8) is > 5 and var end
            ? Encoding.ASCII.GetString(XmlDeclaration.EncodingOf(head[5..end])).ToLowerInvariant()
            : "";

    private static byte[] Narrow(ReadOnlySpan<byte> wide, int low)
    {
        var narrow = new byte[wide.Length / 2];
        for (var index = 0; index < narrow.Length; index++)
        {
            narrow[index] = wide[(2 * index) + 1 - low] == 0 ? wide[(2 * index) + low] : (byte)'?';
        }

        return narrow;
    }
}
