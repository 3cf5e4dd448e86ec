namespace RetailLake.Core.Rows.Columns;

internal sealed class BooleanParser : ValueParser
{
    private static readonly RejectReason NotBoolean = new(RejectCode.Type, "0 or 1");

    public override RejectReason? Parse(ReadOnlySpan<byte> text, ref Cell cell)
    {
        // MySQL sends BIT(1) as the byte itself, TINYINT(1) as a digit.
        if (text is [0 or 1 or (byte)'0' or (byte)'1'])
        {
            cell.Set(text[0] & 1);
            return null;
        }

        return NotBoolean;
    }
}
