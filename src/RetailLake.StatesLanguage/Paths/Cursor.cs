using System.Globalization;
using System.Text;

namespace RetailLake.StatesLanguage.Paths;

/// <summary>A place in a text that is being parsed.</summary>
internal sealed class Cursor(string text)
{
    public int Index { get; private set; }

    public bool AtEnd => Index >= text.Length;

    public char Peek => AtEnd ? '\0' : text[Index];

    public bool Take(char expected)
    {
        if (Peek != expected || AtEnd)
        {
            return false;
        }

        Index++;
        return true;
    }

    public bool Take(string expected)
    {
        if (string.CompareOrdinal(text, Index, expected, 0, expected.Length) != 0)
        {
            return false;
        }

        Index += expected.Length;
        return true;
    }

    public void Expect(char expected)
    {
        if (!Take(expected))
        {
            throw Unexpected($"'{expected}'");
        }
    }

    public void SkipSpaces()
    {
        while (!AtEnd && char.IsWhiteSpace(Peek))
        {
            Index++;
        }
    }

    public string Name()
    {
        var from = Index;
        while (!AtEnd && (char.IsLetterOrDigit(Peek) || Peek is '_' or '-'))
        {
            Index++;
        }

        return Index > from ? text[from..Index] : throw Unexpected("a name");
    }

    /// <summary>The run of characters up to the first that <paramref name="stop"/> names.</summary>
    public string Until(string stop)
    {
        var from = Index;
        while (!AtEnd && !stop.Contains(Peek, StringComparison.Ordinal))
        {
            Index++;
        }

        return text[from..Index];
    }

    public string Quoted()
    {
        var quote = text[Index++];
        var value = new StringBuilder();
        while (!Take(quote))
        {
            if (AtEnd)
            {
                throw Unexpected($"the closing {quote}");
            }

            if (Peek == '\\' && Index + 1 < text.Length)
            {
                Index++;
            }

            value.Append(text[Index++]);
        }

        return value.ToString();
    }

    public int? TryWhole()
    {
        SkipSpaces();
        var from = Index;
        Take('-');
        while (char.IsAsciiDigit(Peek))
        {
            Index++;
        }

        var digits = text[from..Index];
        SkipSpaces();
        return digits.Length == 0 ? null : int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Unexpected("a whole number");
    }

    public FormatException Unexpected(string expected) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"Found {(AtEnd ? "the end" : $"'{Peek}'")} at index {Index} of '{text}', expected {expected}."));
}
