using RetailLake.Core.Contracts;

namespace RetailLake.Core.Rows.Forms;

/// <summary>
/// Numbers with another point, grouped digits, implied decimals or another sign, to <c>-1234.50</c>. Exact: digits are moved, never counted.
/// Grouped numbers may be written without any separator; with one, all of them must stand where they belong.
/// </summary>
internal sealed class NumberForm(FieldFormat format) : ValueForm
{
    private readonly byte point = (byte)format.Point;
    private readonly byte separator = format.Grouping == DigitGrouping.None ? (byte)0 : format.Point == '.' ? (byte)',' : (byte)'.';

    public override string Expected { get; } = Describe(format);

    public override int Room => LongestValue + format.ImpliedDecimals + 3;

    public static bool Takes(ColumnKind kind) => kind is ColumnKind.Int32 or ColumnKind.Int64 or ColumnKind.Decimal or ColumnKind.Double;

    /// <summary>Whether numbers are in the lake's own form.</summary>
    public static bool IsPlain(FieldFormat format) => format is { Point: '.', Grouping: DigitGrouping.None, ImpliedDecimals: 0, Sign: SignStyle.Leading };

    public static string? Problem(FieldFormat format) =>
        format.Point is not ('.' or ',') ? "a decimal point that is neither '.' nor ','"
        : format.ImpliedDecimals is < 0 or > 38 ? $"{format.ImpliedDecimals} implied decimals; 0 to 38 are possible"
        : format is { Sign: SignStyle.Overpunch, Grouping: not DigitGrouping.None } ? "an overpunched sign on grouped digits"
        : null;

    public override int Write(ReadOnlySpan<byte> value, Span<byte> destination)
    {
        var last = (byte)0;
        if (!TryTakeSign(ref value, out var negative, ref last))
        {
            return -1;
        }

        var at = value.IndexOf(point);
        var whole = at < 0 ? value : value[..at];
        var fraction = at < 0 ? default : value[(at + 1)..];
        if (at >= 0 && (format.ImpliedDecimals > 0 || (fraction.IsEmpty && last == 0)))
        {
            return -1;
        }

        // The overpunched digit is written behind the others; it alone may be the whole number.
        var written = 0;
        if (negative)
        {
            destination[written++] = (byte)'-';
        }

        var digits = CopyWhole(whole, destination[written..]);
        if (digits < 0 || (digits == 0 && (last == 0 || at >= 0)))
        {
            return -1;
        }

        written += digits;
        return format.ImpliedDecimals > 0 ? WithImpliedPoint(destination, negative ? 1 : 0, written, last) : WithFraction(destination, written, at >= 0, fraction, last);
    }

    private static int WithFraction(Span<byte> destination, int written, bool hasPoint, ReadOnlySpan<byte> fraction, byte last)
    {
        if (hasPoint)
        {
            if (fraction.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            {
                return -1;
            }

            destination[written++] = (byte)'.';
            fraction.CopyTo(destination[written..]);
            written += fraction.Length;
        }

        if (last != 0)
        {
            destination[written++] = last;
        }

        return written;
    }

    private int WithImpliedPoint(Span<byte> destination, int start, int written, byte last)
    {
        if (last != 0)
        {
            destination[written++] = last;
        }

        // 5 with two implied decimals is 0.05: at least one digit stays before the point.
        var (digits, decimals) = (written - start, format.ImpliedDecimals);
        var missing = Math.Max(0, decimals + 1 - digits);
        if (missing > 0)
        {
            destination.Slice(start, digits).CopyTo(destination[(start + missing)..]);
            destination.Slice(start, missing).Fill((byte)'0');
            written += missing;
        }

        destination.Slice(written - decimals, decimals).CopyTo(destination[(written - decimals + 1)..]);
        destination[written - decimals] = (byte)'.';
        return written + 1;
    }

    /// <returns>Digits copied, or -1 when there is anything else, or a separator where none belongs.</returns>
    private int CopyWhole(ReadOnlySpan<byte> whole, Span<byte> destination)
    {
        if (separator == 0 || !whole.Contains(separator))
        {
            whole.CopyTo(destination);
            return whole.ContainsAnyExceptInRange((byte)'0', (byte)'9') ? -1 : whole.Length;
        }

        var copied = 0;
        for (var index = 0; index < whole.Length; index++)
        {
            var behind = whole.Length - index;
            if (IsSeparatorPlace(behind))
            {
                if (whole[index] != separator || index == 0)
                {
                    return -1;
                }
            }
            else if (whole[index] is < (byte)'0' or > (byte)'9')
            {
                return -1;
            }
            else
            {
                destination[copied++] = whole[index];
            }
        }

        return copied;
    }

    /// <param name="behind">Bytes from here to the end of the whole part: <c>1,23,456</c> has separators at 4 and 7, <c>1,234,567</c> at 4 and 8.</param>
    private bool IsSeparatorPlace(int behind) =>
        behind >= 4 && (behind - 4) % (format.Grouping == DigitGrouping.Indian ? 3 : 4) == 0;

    private bool TryTakeSign(ref ReadOnlySpan<byte> value, out bool negative, ref byte last)
    {
        negative = false;
        switch (format.Sign)
        {
            case SignStyle.Leading:
                negative = value is [(byte)'-', ..];
                value = negative ? value[1..] : value;
                return true;
            case SignStyle.Trailing:
                negative = value is [.., (byte)'-'];
                value = value is [.., (byte)'-' or (byte)'+'] ? value[..^1] : value;
                return true;
            case SignStyle.Parentheses:
                negative = value is [(byte)'(', .., (byte)')'];
                value = negative ? value[1..^1] : value;
                return true;
            case SignStyle.CreditDebit:
                return TryTakeSide(ref value, out negative);
            default:
                return TryTakeOverpunch(ref value, out negative, ref last);
        }
    }

    private static bool TryTakeSide(ref ReadOnlySpan<byte> value, out bool negative)
    {
        negative = false;
        if (value is not [.., var first, var second] || (second | 0x20) != 'r' || (first | 0x20) is not ('c' or 'd'))
        {
            return false;
        }

        negative = (first | 0x20) == 'c';
        value = value[..^2];
        value = value is [.., (byte)' '] ? value[..^1] : value;
        return true;
    }

    private static bool TryTakeOverpunch(ref ReadOnlySpan<byte> value, out bool negative, ref byte last)
    {
        var sign = value.IsEmpty ? (byte)0 : value[^1];
        negative = sign is (byte)'}' or (>= (byte)'J' and <= (byte)'R');
        last = sign switch
        {
            (byte)'{' or (byte)'}' => (byte)'0',
            >= (byte)'A' and <= (byte)'I' => (byte)(sign - 'A' + '1'),
            >= (byte)'J' and <= (byte)'R' => (byte)(sign - 'J' + '1'),
            _ => 0,
        };
        value = last == 0 ? value : value[..^1];
        return last != 0;
    }

    private static string Describe(FieldFormat format)
    {
        var grouped = format.Grouping switch { DigitGrouping.Thousands => "1234567", DigitGrouping.Indian => "1234567", _ => "1234" };
        var separator = format.Point == '.' ? ',' : '.';
        var whole = format.Grouping switch
        {
            DigitGrouping.Thousands => $"1{separator}234{separator}567",
            DigitGrouping.Indian => $"12{separator}34{separator}567",
            _ => grouped,
        };
        var example = format.ImpliedDecimals > 0 ? whole : $"{whole}{format.Point}50";
        var signed = format.Sign switch
        {
            SignStyle.Trailing => example + "-",
            SignStyle.CreditDebit => example + " CR",
            SignStyle.Parentheses => $"({example})",
            SignStyle.Overpunch => (format.ImpliedDecimals > 0 ? whole : $"{whole}{format.Point}5")[..^1] + "}",
            _ => "-" + example,
        };
        return $"a number written like '{signed}'" + (format.ImpliedDecimals > 0 ? $" with {format.ImpliedDecimals} implied decimals" : "");
    }
}
