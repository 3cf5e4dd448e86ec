using System.Globalization;
using RetailLake.Core.Errors;

namespace RetailLake.Sources.MySql;

/// <summary>The exact sum of one column, from the bytes that were landed.</summary>
internal sealed class LandedSum(string column, int scale)
{
    private Int128 units;

    public decimal Value => Exact(units.ToString(CultureInfo.InvariantCulture), scale);

    public void Add(ReadOnlySpan<byte> text)
    {
        var (number, fraction, digits, negative) = (0L, -1, 0, false);
        foreach (var value in text)
        {
            if (value is >= (byte)'0' and <= (byte)'9')
            {
                number = (number * 10) + (value - '0');
                digits += number == 0 ? 0 : 1;
                fraction += fraction >= 0 ? 1 : 0;
            }
            else if (value == '.' && fraction < 0)
            {
                fraction = 0;
            }
            else if (value == '-' && digits == 0 && fraction < 0 && !negative)
            {
                negative = true;
            }
            else
            {
                throw Unusable();
            }
        }

        fraction = Math.Max(fraction, 0);
        if (text.IsEmpty || fraction > scale || digits + scale - fraction > 18)
        {
            throw Unusable();
        }

        for (; fraction < scale; fraction++)
        {
            number *= 10;
        }

        units += negative ? -number : number;
    }

    /// <summary>SUM's own text; NULL (no rows) is zero.</summary>
    public decimal OfSource(string? text) => text is null ? 0m
        : decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var sum) ? Rescaled(sum) : throw Unusable();

    // 1.50 and 1.5 are equal numbers but different JSON; both sides carry the contract's scale.
    private decimal Rescaled(decimal sum) => decimal.Round(sum, scale) + new decimal(0, 0, 0, false, (byte)scale);

    private static decimal Exact(string units, int scale)
    {
        var value = decimal.Parse(units, CultureInfo.InvariantCulture);
        for (var digit = 0; digit < scale; digit++)
        {
            value *= 0.1m;
        }

        return value;
    }

    private SourceSchemaException Unusable() => new(
        $"Found a value in column '{column}' that is no number of at most 18 digits with {scale} decimals; it is a control total.",
        "What was read of the slice is not used and nothing was loaded.",
        "Correct the column's type in the contract, or take its control total away.");
}
