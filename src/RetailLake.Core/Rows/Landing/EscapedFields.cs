using System.Buffers;

namespace RetailLake.Core.Rows.Landing;

/// <summary>The fields of a row that hold a backslash, unescaped beside the buffer: the row itself stays as it was landed.</summary>
internal sealed class EscapedFields(int columns) : IDisposable
{
    // Start in the scratch plus one; 0: the field has no backslash.
    private readonly int[] starts = new int[columns];
    private readonly int[] lengths = new int[columns];
    private byte[] scratch = [];

    public ReadOnlySpan<byte> Field(int index, ReadOnlySpan<byte> raw) =>
        starts[index] == 0 ? raw : scratch.AsSpan(starts[index] - 1, lengths[index]);

    public void Unescape(TabReader row)
    {
        if (scratch.Length < row.RawRow.Length)
        {
            Dispose();
            scratch = ArrayPool<byte>.Shared.Rent(row.RawRow.Length);
        }

        var used = 0;
        for (var index = 0; index < columns; index++)
        {
            var raw = row.Raw(index);
            if (!raw.Contains(TabText.Backslash))
            {
                starts[index] = 0;
                continue;
            }

            starts[index] = used + 1;
            lengths[index] = raw is [TabText.Backslash, (byte)'N'] ? 0 : TabText.Unescape(raw, scratch.AsSpan(used));
            used += lengths[index];
        }
    }

    public void Dispose()
    {
        if (scratch.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(scratch);
            scratch = [];
        }
    }
}
