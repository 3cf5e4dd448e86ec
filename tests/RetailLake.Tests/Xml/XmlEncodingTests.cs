using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using static RetailLake.Tests.Xml.XmlFeed;

namespace RetailLake.Tests.Xml;

/// <summary>The encoding is the one that mark and declaration say, or the drop is refused.</summary>
public sealed class XmlEncodingTests
{
    private static readonly Contract Small = Contract("r/u", [Table("unit", "r/u", Text("a", "a"))]);
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    public static TheoryData<string, byte[], string?> Documents() => new()
    {
        { "no mark, no declaration", Bytes(Encoding.UTF8, null), "é€" },
        { "declared utf-8", Bytes(Encoding.UTF8, "UTF-8"), "é€" },
        { "UTF-8 mark", [.. Encoding.UTF8.Preamble, .. Bytes(Encoding.UTF8, null)], "é€" },
        { "UTF-8 mark, declared", [.. Encoding.UTF8.Preamble, .. Bytes(Encoding.UTF8, "utf-8")], "é€" },
        { "UTF-16 LE mark", [.. Encoding.Unicode.Preamble, .. Bytes(Encoding.Unicode, null)], "é€" },
        { "UTF-16 BE mark, declared", [.. Encoding.BigEndianUnicode.Preamble, .. Bytes(Encoding.BigEndianUnicode, "utf-16")], "é€" },
        { "Windows-1252", Bytes(Windows1252, "windows-1252"), "é€" },
        { "ISO-8859-1", Bytes(Encoding.Latin1, "ISO-8859-1", "é"), "é" },
        { "US-ASCII", Bytes(Encoding.ASCII, "us-ascii", "e"), "e" },
        { "UTF-8 mark, declared as another", [.. Encoding.UTF8.Preamble, .. Bytes(Encoding.UTF8, "windows-1252")], null },
        { "UTF-16 mark, declared utf-8", [.. Encoding.Unicode.Preamble, .. Bytes(Encoding.Unicode, "utf-8")], null },
        { "UTF-8 that says UTF-16", Bytes(Encoding.UTF8, "utf-16"), null },
        { "Windows-1252 without a word", Bytes(Windows1252, null), null },
        { "Windows-1252 that says UTF-8", Bytes(Windows1252, "utf-8"), null },
        { "Windows-1252 that says ISO-8859-1", Bytes(Windows1252, "iso-8859-1"), null },
        { "ISO-8859-1 that says US-ASCII", Bytes(Encoding.Latin1, "us-ascii", "é"), null },
        { "half a pair in UTF-16", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("<r><u><a>"), 0, 0xD8, .. Encoding.Unicode.GetBytes("</a></u></r>")], null },
        { "overlong", [.. "<r><u><a>"u8, 0xC0, 0xAF, .. "</a></u></r>"u8], null },
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public void Document_IsReadOrDamaged(string name, byte[] document, string? value)
    {
        var read = XmlRead.Of(Small, document);

        read.Code.Should().Be(value is null ? DropRefusalCode.Damaged : null, "of {0}: {1}", name, read.Refusal?.Message);
        read.Rows.Select(row => row.Fields[0]).Should().Equal(value is null ? [] : [value]);
    }

    [Fact]
    public void OtherEncodings_AreAnotherFormat()
    {
        XmlRead.Of(Small, Bytes(Encoding.UTF8, "shift_jis")).Code.Should().Be(DropRefusalCode.Format);
        XmlRead.Of(Small, [.. Encoding.UTF32.Preamble, .. Bytes(Encoding.UTF32, null)]).Code.Should().Be(DropRefusalCode.Format);
        XmlRead.Of(Small, Bytes(Encoding.Unicode, null)).Code.Should().Be(DropRefusalCode.Format);
    }

    [Fact]
    public void CutInEveryEncoding_IsTorn()
    {
        foreach (var (encoding, declared) in new[] { (Encoding.UTF8, "utf-8"), (Encoding.Unicode, "utf-16"), (Encoding.BigEndianUnicode, "utf-16"), (Windows1252, "windows-1252") })
        {
            byte[] document = [.. encoding.Preamble, .. Bytes(encoding, declared)];
            for (var length = 0; length < document.Length; length++)
            {
                var read = XmlRead.Of(Small, document[..length]);
                read.Code.Should().Be(DropRefusalCode.Torn, "at {0} of {1}: {2}", length, declared, read.Refusal?.Message);
            }
        }
    }

    private static byte[] Bytes(Encoding encoding, string? declared, string value = "é€") =>
        encoding.GetBytes((declared is null ? "" : $"<?xml version=\"1.0\" encoding=\"{declared}\"?>") + $"<r><u><a>{value}</a></u></r>");
}
