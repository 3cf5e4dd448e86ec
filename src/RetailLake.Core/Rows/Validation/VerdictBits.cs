using RetailLake.Core.Errors;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;

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

    /// <exception cref="ObjectDamagedException">The object is not what the manifest lists.</exception>
    /// <exception cref="BooksDoNotBalanceException">It is not one verdict for each row.</exception>
    public static async Task<VerdictBits> ReadAsync(ILake lake, LakeObject listed, LandedTable landed, CancellationToken cancellationToken)
    {
        await using var stream = await lake.OpenVerifiedAsync(listed, cancellationToken);
        var bits = new byte[checked((int)((landed.Rows + 7) / 8))];
        if (listed.Bytes != bits.Length)
        {
            throw Missing(landed, $"verdicts of {listed.Bytes:N0} bytes");
        }

        await stream.ReadExactlyAsync(bits, cancellationToken);
        stream.Finish();
        return new(landed.Rows, bits);
    }

    public static BooksDoNotBalanceException Missing(LandedTable table, string found) => new(
        $"Found {found} for '{table.Place}' between validation and encoding; one verdict for each of its {table.Rows:N0} rows is expected.",
        "Nothing was published.",
        "Redrive the execution from ValidateSlice, or start the work again with 'lake rerun'.");

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
