namespace RetailLake.Core.Rows.Rules;

/// <summary>Indian mobile numbers in the spellings that counters and forms produce, to E.164.</summary>
internal static class IndianPhone
{
    /// <summary><c>+91</c> and ten digits.</summary>
    public const int Length = 13;

    /// <returns>False when it is no mobile number: then the destination's content is of no use.</returns>
    public static bool TryNormalise(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        // The longest spelling, 0091 and ten digits.
        Span<byte> digits = stackalloc byte[14];
        var count = 0;
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            if (character is >= (byte)'0' and <= (byte)'9')
            {
                if (count == digits.Length)
                {
                    return false;
                }

                digits[count++] = character;
            }
            else if (character is not ((byte)' ' or (byte)'-' or (byte)'(' or (byte)')' or (byte)'.') && !(character == '+' && count == 0))
            {
                return false;
            }
        }

        var national = digits[..count];
        if (count == 14 && national.StartsWith("0091"u8))
        {
            national = national[4..];
        }
        else if (count == 12 && national.StartsWith("91"u8))
        {
            national = national[2..];
        }
        else if (count == 11 && national[0] == '0')
        {
            national = national[1..];
        }

        if (national.Length != 10 || national[0] < '6')
        {
            return false;
        }

        "+91"u8.CopyTo(destination);
        national.CopyTo(destination[3..]);
        return true;
    }

    /// <summary>One digit ten times: what a cashier keys when the customer gives no number.</summary>
    public static bool IsDummy(ReadOnlySpan<byte> normalised) => normalised[3..].IndexOfAnyExcept(normalised[3]) < 0;
}
