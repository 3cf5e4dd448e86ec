using System.Buffers.Binary;
using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Rows.Columns;
using RetailLake.Core.Rows.Drops;

namespace RetailLake.Core.Rows.Validation;

/// <summary>
/// The parent's key of a row as bytes that order as the keys do: numbers by value, everything else byte by byte (so text keys are landed
/// in binary order, whatever the source's collation says).
/// </summary>
internal sealed class UnitKey
{
    private readonly int[] columns;
    private readonly Int128[] factors;
    private byte[] bytes = new byte[64];
    private int length;

    /// <param name="names">The columns that hold the parent's key.</param>
    /// <param name="scales">Common scale of each number in parent and child; -1: not a number.</param>
    private UnitKey(CompiledTable table, IReadOnlyList<string> names, int[] scales)
    {
        columns = [.. names.Select(table.IndexOf)];
        factors = [.. columns.Select((column, part) => scales[part] < 0 ? 0 : PowersOfTen.Wide[scales[part] - Scale(table.Columns[column].Type)])];
    }

    /// <summary>The key's columns as bits of <see cref="LandedRow.Repeats"/>; 0 where a row cannot say that they repeat.</summary>
    public ulong Columns => columns.All(column => column < ColumnBits.Most) ? ColumnBits.Of(columns) : 0;

    public ReadOnlySpan<byte> Bytes => bytes.AsSpan(0, length);

    public static (UnitKey Parent, UnitKey[] Children) For(CompiledTable parent, IReadOnlyList<CompiledTable> children)
    {
        var scales = parent.Table.Key.Select(name => Scale(parent.Table.Column(name).Type)).ToArray();
        foreach (var child in children)
        {
            if (child.Table.ParentKey.Count != scales.Length)
            {
                throw Mismatch(child, "another number of columns than the parent's key");
            }

            for (var part = 0; part < scales.Length; part++)
            {
                var scale = Scale(child.Table.Column(child.Table.ParentKey[part]).Type);
                if (scale < 0 != scales[part] < 0)
                {
                    throw Mismatch(child, $"another type in '{child.Table.ParentKey[part]}'");
                }

                scales[part] = Math.Max(scales[part], scale);
            }
        }

        return (new UnitKey(parent, parent.Table.Key, scales), [.. children.Select(child => new UnitKey(child, child.Table.ParentKey, scales))]);
    }

    /// <returns>False when a part is NULL or no value: the row is rejected by itself and belongs to no unit.</returns>
    public bool TrySet<TRow>(TRow row, ReadOnlySpan<Cell> cells)
        where TRow : struct, IRow
    {
        length = 0;
        for (var part = 0; part < columns.Length; part++)
        {
            ref readonly var cell = ref cells[columns[part]];
            if (cell.State != CellState.Value)
            {
                return false;
            }

            if (factors[part] != 0)
            {
                Reserve(16);
                BinaryPrimitives.WriteUInt128BigEndian(bytes.AsSpan(length), (UInt128)(cell.Wide * factors[part]) ^ (UInt128.One << 127));
                length += 16;
            }
            else
            {
                AppendText(row.Field(columns[part]));
            }
        }

        return true;
    }

    public void CopyFrom(UnitKey other)
    {
        length = 0;
        Reserve(other.length);
        other.Bytes.CopyTo(bytes);
        length = other.length;
    }

    public UnitKey Empty() => new(this);

    private UnitKey(UnitKey like) => (columns, factors) = (like.columns, like.factors);

    /// <summary>A zero byte ends the part, so that a shorter text comes before a longer one; text has none of its own.</summary>
    private void AppendText(ReadOnlySpan<byte> text)
    {
        Reserve(text.Length + 1);
        text.CopyTo(bytes.AsSpan(length));
        length += text.Length;
        bytes[length++] = 0;
    }

    private void Reserve(int more)
    {
        if (bytes.Length - length < more)
        {
            Array.Resize(ref bytes, Math.Max(length + more, 2 * bytes.Length));
        }
    }

    private static int Scale(ColumnType type) => type.Kind switch
    {
        ColumnKind.Int32 or ColumnKind.Int64 => 0,
        ColumnKind.Decimal => type.Scale,
        _ => -1,
    };

    private static ContractInvalidException Mismatch(CompiledTable child, string what) => new(
        $"Found {what} in the parent key of table '{child.Table.Name}'; it holds the parent's key, column by column.",
        "Nothing was read.",
        "Correct the relationship in the contract.");
}
