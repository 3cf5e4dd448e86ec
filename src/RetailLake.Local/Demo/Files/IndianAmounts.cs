namespace RetailLake.Local.Demo.Files;

/// <summary>Amounts as Indian books have them: <c>12,34,567.89</c>.</summary>
internal static class IndianAmounts
{
    public static FileWriter Indian(this FileWriter to, long paise)
    {
        Span<byte> digits = stackalloc byte[32];
        var at = digits.Length;
        var (rupees, rest) = Math.DivRem(Math.Abs(paise), 100);
        for (var count = 0; count == 0 || rupees > 0; count++, rupees /= 10)
        {
            // The last three digits stand together, all others in pairs.
            if (count >= 3 && count % 2 == 1)
            {
                digits[--at] = (byte)',';
            }

            digits[--at] = (byte)('0' + rupees % 10);
        }

        to.Raw(digits[at..]).Take(1)[0] = (byte)'.';
        return to.Digits(rest, 2);
    }

    /// <summary>Debit, or credit for what goes back.</summary>
    public static FileWriter WithSide(this FileWriter to, long paise) => to.Indian(paise).Raw(paise < 0 ? " CR"u8 : " DR"u8);

    /// <summary>European grouping, for a utility on another locale: <c>1.234.567,89</c>; reductions in parentheses.</summary>
    public static FileWriter European(this FileWriter to, long paise)
    {
        to.Raw(paise < 0 ? "("u8 : ""u8);
        var rupees = Math.Abs(paise) / 100;
        if (rupees >= 1_000_000)
        {
            to.Number(rupees / 1_000_000).Raw("."u8).Digits(rupees / 1_000 % 1_000, 3).Raw("."u8).Digits(rupees % 1_000, 3);
        }
        else if (rupees >= 1_000)
        {
            to.Number(rupees / 1_000).Raw("."u8).Digits(rupees % 1_000, 3);
        }
        else
        {
            to.Number(rupees);
        }

        return to.Raw(","u8).Digits(Math.Abs(paise) % 100, 2).Raw(paise < 0 ? ")"u8 : ""u8);
    }
}
