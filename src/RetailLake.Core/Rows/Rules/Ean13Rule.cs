using RetailLake.Core.Rows.Columns;

namespace RetailLake.Core.Rows.Rules;

internal sealed class Ean13Rule() : ValueRule(new RejectReason(RejectCode.Ean13, "13 digits with a right EAN check digit"))
{
    public override bool Holds(ReadOnlySpan<byte> text, in Cell cell)
    {
        if (text.Length != 13)
        {
            return false;
        }

        var sum = 0;
        for (var index = 0; index < 13; index++)
        {
            var digit = text[index] - '0';
            if ((uint)digit > 9)
            {
                return false;
            }

            sum += (index & 1) == 0 ? digit : 3 * digit;
        }

        return sum % 10 == 0;
    }
}
