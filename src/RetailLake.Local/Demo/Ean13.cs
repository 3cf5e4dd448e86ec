using System.Globalization;

namespace RetailLake.Local.Demo;

internal static class Ean13
{
    /// <summary>India's prefix 890, nine digits of the item, the check digit.</summary>
    public static string Of(long item)
    {
        var body = "890" + item.ToString("D9", CultureInfo.InvariantCulture);
        return body + CheckDigit(body);
    }

    public static string WithWrongCheckDigit(string ean) => ean[..12] + (char)('0' + (ean[12] - '0' + 1) % 10);

    public static char CheckDigit(ReadOnlySpan<char> body)
    {
        var sum = 0;
        for (var index = 0; index < body.Length; index++)
            sum += (body[index] - '0') * (index % 2 == 0 ? 1 : 3);
        return (char)('0' + (10 - sum % 10) % 10);
    }
}
