namespace RetailLake.Core.Rows.Columns;

/// <summary><c>-?[0-9]+</c>; leading zeros (ZEROFILL) are fine, a plus sign, a point or an exponent is not.</summary>
internal sealed class IntegerParser(long minimum, long maximum) : ValueParser
{
    private static readonly RejectReason NotInteger = new(RejectCode.Type, "an integer");

    private readonly RejectReason outOfRange = new(RejectCode.Range, $"an integer from {minimum} to {maximum}");

    public override RejectReason? Parse(ReadOnlySpan<byte> text, ref Cell cell)
    {
        var negative = text is [(byte)'-', ..];
        var digits = negative ? text[1..] : text;
        if (digits.IsEmpty)
        {
            return NotInteger;
        }

        long value;
        if (digits.Length <= 18)
        {
            if (!Digits.TryRead(digits, out var small))
            {
                return NotInteger;
            }

            value = negative ? -(long)small : (long)small;
        }
        else if (digits.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return NotInteger;
        }
        else if (!long.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out value))
        {
            return outOfRange;
        }

        cell.Set(value);
        return value < minimum || value > maximum ? outOfRange : null;
    }
}
