using System.Globalization;

namespace RetailLake.Core.Rows.Columns;

internal sealed class DoubleParser : ValueParser
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private static readonly RejectReason NotDouble = new(RejectCode.Type, "a floating-point number");
    private static readonly RejectReason OutOfRange = new(RejectCode.Range, "a finite floating-point number");

    public override RejectReason? Parse(ReadOnlySpan<byte> text, ref Cell cell)
    {
        // .NET takes trailing NULs, a leading '+', 'NaN' and 'Infinity'.
        if (text.IsEmpty || text[0] is not ((byte)'-' or >= (byte)'0' and <= (byte)'9') || text[^1] is not ((byte)'.' or >= (byte)'0' and <= (byte)'9')
            || !double.TryParse(text, Style, CultureInfo.InvariantCulture, out var value))
        {
            return NotDouble;
        }

        cell.Value = BitConverter.DoubleToInt64Bits(value);
        return double.IsFinite(value) ? null : OutOfRange;
    }
}
