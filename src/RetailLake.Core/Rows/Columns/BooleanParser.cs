namespace RetailLake.Core.Rows.Columns;

/// <param name="isBit">A column of MySQL's type BIT(1), which is sent as the byte itself; elsewhere that byte is no flag.</param>
internal sealed class BooleanParser(bool isBit) : ValueParser
{
    private static readonly RejectReason NotBoolean = new(RejectCode.Type, "0 or 1");

    public override RejectReason? Parse(ReadOnlySpan<byte> text, ref Cell cell)
    {
        if (text is [(byte)'0' or (byte)'1'] || (isBit && text is [0 or 1]))
        {
            cell.Set(text[0] & 1);
            return null;
        }

        return NotBoolean;
    }
}
