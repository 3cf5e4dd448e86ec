namespace RetailLake.Core.Rows.Validation;

/// <summary>One bit per landed row, least significant first, 1 = valid: the only thing whose size follows the rows of a slice (64 KB per 524,288).</summary>
internal sealed class VerdictBits
{
    private readonly byte[] bits;

    public VerdictBits(long rows)
    {
        Rows = rows;
        bits = new byte[checked((int)((rows + 7) / 8))];
    }

    private VerdictBits(long rows, byte[] bits) => (Rows, this.bits) = (rows, bits);

    public long Rows { get; }

    public ReadOnlyMemory<byte> Bytes => bits;

    public static VerdictBits Of(long rows, byte[] bits) => new(rows, bits);

    public bool this[long row]
    {
        get => (bits[row >> 3] & (1 << (int)(row & 7))) != 0;
        set
        {
            if (value)
            {
                bits[row >> 3] |= (byte)(1 << (int)(row & 7));
            }
            else
            {
                bits[row >> 3] &= (byte)~(1 << (int)(row & 7));
            }
        }
    }
}
