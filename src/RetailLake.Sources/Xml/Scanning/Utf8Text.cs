using System.Buffers;
using System.Text;

namespace RetailLake.Sources.Xml.Scanning;

/// <summary>What can be wrong at the edges of UTF-8.</summary>
internal static class Utf8Text
{
    /// <summary>How many bytes at the end begin a character that is not complete.</summary>
    public static int IncompleteTail(ReadOnlySpan<byte> text)
    {
        for (var back = 1; back <= Math.Min(3, text.Length); back++)
        {
            var lead = text[^back];
            if (lead < 0x80)
            {
                return 0;
            }

            if (lead >= 0xC0)
            {
                var length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
                return back < length ? back : 0;
            }
        }

        return 0;
    }

    /// <param name="isCut">What stands there is the beginning of a character, and then nothing.</param>
    public static int FirstBad(ReadOnlySpan<byte> text, out bool isCut)
    {
        for (var at = 0; at < text.Length;)
        {
            var status = Rune.DecodeFromUtf8(text[at..], out _, out var used);
            if (status != OperationStatus.Done)
            {
                isCut = status == OperationStatus.NeedMoreData;
                return at;
            }

            at += used;
        }

        isCut = false;
        return text.Length;
    }

    /// <summary>Where U+FFFE or U+FFFF stands (EF BF BE, EF BF BF): Unicode has them, XML does not.</summary>
    public static int IndexOfNonCharacter(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (text[at..].IndexOf("\uFFFE"u8[..2]) is >= 0 and var found)
        {
            at += found;
            if (at + 2 < text.Length && text[at + 2] >= 0xBE)
            {
                return at;
            }

            at += 2;
        }

        return -1;
    }
}
