namespace RetailLake.Core.Rows.Columns;

/// <summary>Exact: <c>-?[0-9]+(\.[0-9]+)?</c> to an unscaled integer. Digits beyond the scale must be zeros; nothing is ever rounded.</summary>
internal sealed class DecimalParser(int precision, int scale) : ValueParser
{
    private static readonly RejectReason NotDecimal = new(RejectCode.Type, "a decimal number");

    private readonly RejectReason overScale = new(RejectCode.Scale, $"at most {scale} digits after the point");
    private readonly RejectReason outOfRange = new(RejectCode.Range, $"at most {precision - scale} digits before the point");

    public override RejectReason? Parse(ReadOnlySpan<byte> text, ref Cell cell) =>
        TryParseShort(text, ref cell) || TryParsePlain(text, ref cell) ? null : ParseAny(text, ref cell);

    /// <summary>Plain amounts of up to eight bytes without a loop, whose end is guessed wrong once for each value.</summary>
    private bool TryParseShort(ReadOnlySpan<byte> text, ref Cell cell)
    {
        var negative = text is [(byte)'-', ..];
        var number = negative ? text[1..] : text;
        if (number.Length is 0 or > 8)
        {
            return false;
        }

        var (digits, count, fraction) = (Digits.Pack(number), number.Length, 0);
        if (Digits.TryFind((byte)'.', digits, out var point))
        {
            // What stands behind the point moves down by one.
            var whole = (1UL << (8 * point)) - 1;
            digits = (digits & whole) | ((digits >> 8) & ~whole);
            (count, fraction) = (count - 1, count - 1 - point);
            if (fraction == 0)
            {
                return false;
            }
        }

        var places = count - fraction;
        if (places == 0 || fraction > scale || places > precision - scale || places + scale > 18 || !Digits.TryRead(digits, count, out var value))
        {
            return false;
        }

        var unscaled = (long)(value * PowersOfTen.Small[scale - fraction]);
        cell.Set(negative ? -unscaled : unscaled);
        return true;
    }

    /// <summary>Longer plain amounts in one pass; whatever is longer still, over scale or wrong goes the long way.</summary>
    private bool TryParsePlain(ReadOnlySpan<byte> text, ref Cell cell)
    {
        if (text.Length is < 9 or > 18)
        {
            return false;
        }

        var start = text[0] == '-' ? 1 : 0;
        var point = -1;
        ulong value = 0;
        for (var index = start; index < text.Length; index++)
        {
            var digit = (uint)text[index] - '0';
            if (digit <= 9)
            {
                value = (value * 10) + digit;
            }
            else if (text[index] == '.' && point < 0)
            {
                point = index;
            }
            else
            {
                return false;
            }
        }

        var fraction = point < 0 ? 0 : text.Length - 1 - point;
        var whole = (point < 0 ? text.Length : point) - start;
        if (whole == 0 || (fraction == 0 && point >= 0) || fraction > scale || whole > precision - scale || whole + scale > 18)
        {
            return false;
        }

        var unscaled = (long)(value * PowersOfTen.Small[scale - fraction]);
        cell.Set(start == 0 ? unscaled : -unscaled);
        return true;
    }

    private RejectReason? ParseAny(ReadOnlySpan<byte> text, ref Cell cell)
    {
        var negative = text is [(byte)'-', ..];
        var digits = negative ? text[1..] : text;
        var point = digits.IndexOf((byte)'.');
        var whole = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? default : digits[(point + 1)..];
        if (whole.IsEmpty || (point >= 0 && fraction.IsEmpty))
        {
            return NotDecimal;
        }

        RejectReason? refused = null;
        if (fraction.Length > scale)
        {
            var beyond = fraction[scale..];
            if (beyond.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            {
                return NotDecimal;
            }

            refused = beyond.ContainsAnyExcept((byte)'0') ? overScale : null;
            fraction = fraction[..scale];
        }

        if (whole.Length > precision - scale)
        {
            whole = whole.TrimStart((byte)'0');
        }

        if (whole.Length > precision - scale)
        {
            return whole.ContainsAnyExceptInRange((byte)'0', (byte)'9') || fraction.ContainsAnyExceptInRange((byte)'0', (byte)'9')
                ? NotDecimal
                : outOfRange;
        }

        return (precision <= 18 ? Narrow(whole, fraction, negative, ref cell) : Wide(whole, fraction, negative, ref cell)) ? refused : NotDecimal;
    }

    private bool Narrow(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> fraction, bool negative, ref Cell cell)
    {
        if (!Digits.TryRead(whole, out var upper) || !Digits.TryRead(fraction, out var lower))
        {
            return false;
        }

        var powers = PowersOfTen.Small;
        var value = (long)((((upper * powers[fraction.Length]) + lower)) * powers[scale - fraction.Length]);
        cell.Set(negative ? -value : value);
        return true;
    }

    private bool Wide(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> fraction, bool negative, ref Cell cell)
    {
        if (!Digits.TryReadWide(whole, out var upper) || !Digits.TryReadWide(fraction, out var lower))
        {
            return false;
        }

        var powers = PowersOfTen.Wide;
        var value = (((Int128)upper * powers[fraction.Length]) + (Int128)lower) * powers[scale - fraction.Length];
        cell.SetWide(negative ? -value : value);
        return true;
    }
}
