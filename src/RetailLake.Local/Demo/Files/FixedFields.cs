namespace RetailLake.Local.Demo.Files;

/// <summary>Fields of fixed width as COBOL pictures write them; amounts in paise without a point.</summary>
internal static class FixedFields
{
    private static readonly byte[] Plus = [.. "{ABCDEFGHI"u8];
    private static readonly byte[] Minus = [.. "}JKLMNOPQR"u8];

    /// <summary>The last digit holds the sign.</summary>
    public static FileWriter Overpunch(this FileWriter to, long value, int width)
    {
        var field = to.Take(width);
        FileWriter.Fill(field, Math.Abs(value));
        field[^1] = (value < 0 ? Minus : Plus)[field[^1] - '0'];
        return to;
    }

    /// <summary>Blanks, digits, and behind them a minus or a blank.</summary>
    public static FileWriter TrailingSign(this FileWriter to, long value, int width)
    {
        var field = to.Take(width);
        field[^1] = value < 0 ? (byte)'-' : (byte)' ';
        Lead(field[..^1], Math.Abs(value), (byte)' ', leastDigits: 1);
        return to;
    }

    /// <summary>Protected as on a cheque: <c>******500.00</c>.</summary>
    public static FileWriter Starred(this FileWriter to, long paise, int width)
    {
        var field = to.Take(width);
        FileWriter.Fill(field[^2..], paise);
        field[^3] = (byte)'.';
        Lead(field[..^3], paise / 100, (byte)'*', leastDigits: 1);
        return to;
    }

    /// <summary>Left-justified; what is longer is cut, as the sender does it.</summary>
    public static FileWriter Blanked(this FileWriter to, ReadOnlySpan<byte> text, int width)
    {
        var field = to.Take(width);
        var kept = Math.Min(text.Length, width);
        text[..kept].CopyTo(field);
        field[kept..].Fill((byte)' ');
        return to;
    }

    private static void Lead(Span<byte> field, long value, byte pad, int leastDigits)
    {
        for (var index = field.Length - 1; index >= 0; index--, value /= 10)
        {
            field[index] = value > 0 || field.Length - index <= leastDigits ? (byte)('0' + value % 10) : pad;
        }
    }
}
