namespace RetailLake.Core.Rows.Columns;

internal sealed class BinaryParser(int maxBytes) : ValueParser
{
    private readonly RejectReason tooLong = new(RejectCode.TooLongBytes, $"at most {maxBytes} bytes");

    public override RejectReason? Parse(ReadOnlySpan<byte> text, ref Cell cell) => text.Length > maxBytes ? tooLong : null;
}
