using System.Text;

namespace RetailLake.Sources.Xml.Scanning;

/// <summary><c>&amp;lt;</c> and its four companions, and characters by number. There are no other entities without a document type.</summary>
internal static class XmlReference
{
    /// <param name="text">Begins with the ampersand.</param>
    /// <param name="length">Of the reference; 0: it goes on behind the text.</param>
    /// <returns>False: it is none.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, out Rune character, out int length)
    {
        (character, length) = (default, 0);
        var end = 1;
        while (end < text.Length && (char.IsAsciiLetterOrDigit((char)text[end]) || (end == 1 && text[end] == '#')))
        {
            end++;
        }

        if (end == text.Length)
        {
            return true;
        }

        var name = text[1..end];
        length = end + 1;
        if (text[end] != ';')
        {
            return false;
        }

        if (name is [(byte)'#', ..])
        {
            return name is [_, (byte)'x', ..] ? TryReadNumber(name[2..], 16, out character) : TryReadNumber(name[1..], 10, out character);
        }

        character = new Rune(name switch
        {
            [(byte)'l', (byte)'t'] => '<',
            [(byte)'g', (byte)'t'] => '>',
            [(byte)'a', (byte)'m', (byte)'p'] => '&',
            [(byte)'q', (byte)'u', (byte)'o', (byte)'t'] => '"',
            [(byte)'a', (byte)'p', (byte)'o', (byte)'s'] => '\'',
            _ => '\0',
        });
        return character.Value != 0;
    }

    private static bool TryReadNumber(ReadOnlySpan<byte> digits, int radix, out Rune character)
    {
        character = default;
        var code = 0;
        foreach (var digit in digits)
        {
            var value = digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
            code = (code * radix) + value;
            if (value >= radix || code > 0x10FFFF)
            {
                return false;
            }
        }

        return digits.Length > 0 && IsCharacter(code) && Rune.TryCreate(code, out character);
    }

    private static bool IsCharacter(int code) => code is '\t' or '\n' or '\r' or (>= 0x20 and not 0xFFFE and not 0xFFFF);
}
