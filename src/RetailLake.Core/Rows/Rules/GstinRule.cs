using RetailLake.Core.Rows.Columns;

namespace RetailLake.Core.Rows.Rules;

/// <summary>
/// 15 characters: state code, PAN, entity number, class, check character. The 14th is 'Z' for regular taxpayers and another
/// letter for tax deductors and collectors, so only the check character judges it.
/// </summary>
internal sealed class GstinRule() : ValueRule(new RejectReason(RejectCode.Gstin, "a GSTIN of 15 characters with a right check character"))
{
    public override bool Holds(ReadOnlySpan<byte> text, in Cell cell)
    {
        if (text.Length != 15 || !HasShape(text))
        {
            return false;
        }

        var sum = 0;
        for (var index = 0; index < 14; index++)
        {
            var product = Value(text[index]) * ((index & 1) + 1);
            sum += (product / 36) + (product % 36);
        }

        return Value(text[14]) == (36 - (sum % 36)) % 36;
    }

    private static bool HasShape(ReadOnlySpan<byte> text)
    {
        if (!Digits.TryReadTwo(text, 0, out var state) || state is not (>= 1 and <= 38 or 97 or 99) || text[12] == '0')
        {
            return false;
        }

        for (var index = 2; index < 15; index++)
        {
            var fits = index switch
            {
                < 7 or 11 => text[index] is >= (byte)'A' and <= (byte)'Z',
                < 11 => text[index] is >= (byte)'0' and <= (byte)'9',
                _ => Value(text[index]) >= 0,
            };
            if (!fits)
            {
                return false;
            }
        }

        return true;
    }

    private static int Value(byte character) => character switch
    {
        >= (byte)'0' and <= (byte)'9' => character - '0',
        >= (byte)'A' and <= (byte)'Z' => character - 'A' + 10,
        _ => -1,
    };
}
