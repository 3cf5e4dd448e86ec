using System.Text;
using RetailLake.Core.Drops;
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

    public static Stream AsUtf8(Stream document, XmlPosition position)
    {
        var head = new byte[LongestDeclaration];
        var length = document.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        var bytes = head.AsSpan(0, length);
        var whole = new PrefixedStream(head.AsMemory(0, length), document);
        switch (bytes)
        {
            case [0xFF, 0xFE, 0, 0, ..] or [0, 0, 0xFE, 0xFF, ..]:
                throw Refused("UTF-32", position);
            case [0xEF, 0xBB, 0xBF, ..]:
                Agree(Declared(bytes[3..]), position, "utf-8");
                return whole.From(3);
            case [0xFF, 0xFE, ..]:
                Agree(Declared(Narrow(bytes[2..], low: 0)), position, "utf-16", "utf-16le");
                return new XmlTranscoder(whole.From(2), new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true), position);
            case [0xFE, 0xFF, ..]:
                Agree(Declared(Narrow(bytes[2..], low: 1)), position, "utf-16", "utf-16be");
                return new XmlTranscoder(whole.From(2), new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true), position);
            case [(byte)'<', 0, ..] or [0, (byte)'<', ..]:
                throw Refused("UTF-16 without a byte order mark", position);
            default:
                return Unmarked(Declared(bytes), whole, position);
        }
    }

    private static Stream Unmarked(string declared, PrefixedStream whole, XmlPosition position) => declared switch
    {
        "" or "utf-8" => whole,
        "us-ascii" or "ascii" => new XmlTranscoder(whole, Encoding.GetEncoding("us-ascii", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback), position),
        "iso-8859-1" or "latin1" => new XmlTranscoder(whole, Encoding.Latin1, position),
        "windows-1252" => new XmlTranscoder(whole, CodePagesEncodingProvider.Instance.GetEncoding(1252)!, position),
        "utf-16" or "utf-16le" or "utf-16be" => throw position.Damaged($"the declaration of encoding '{declared}' in a document of single bytes"),
        _ => throw Refused(declared.All(char.IsAscii) ? $"encoding '{declared}'" : "an unknown encoding", position),
    };

    private static void Agree(string declared, XmlPosition position, params ReadOnlySpan<string> same)
    {
        if (declared.Length > 0 && !same.Contains(declared))
        {
            throw position.Damaged($"the declaration of encoding '{declared}' in a document whose byte order mark says {same[0]}");
        }
    }

    /// <returns>Lower case; empty: none. A declaration that is not sound is the scanner's to refuse.</returns>
    private static string Declared(ReadOnlySpan<byte> head)
    {
        if (!head.StartsWith("<?xml"u8) || head.IndexOf("?>"u8) is not (> 5 and var end))
        {
            return "";
        }

        return Encoding.Latin1.GetString(XmlDeclaration.EncodingOf(head[5..end])).ToLowerInvariant();
    }

    private static byte[] Narrow(ReadOnlySpan<byte> wide, int low)
    {
        var narrow = new byte[wide.Length / 2];
        for (var index = 0; index < narrow.Length; index++)
        {
            narrow[index] = wide[(2 * index) + 1 - low] == 0 ? wide[(2 * index) + low] : (byte)'?';
        }

        return narrow;
    }

    private static DropRefusedException Refused(string found, XmlPosition position) => position.OtherEncoding(
        found, "Ask the sender for UTF-8, UTF-16 with a byte order mark, US-ASCII, ISO-8859-1 or Windows-1252, and for a declaration that says so.");
}
