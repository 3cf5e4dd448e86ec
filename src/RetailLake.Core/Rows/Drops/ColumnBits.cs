using System.Numerics;
using System.Runtime.CompilerServices;

namespace RetailLake.Core.Rows.Drops;

/// <summary>Columns of a table as the bits of a number. Wider tables have none: of them nothing is said by column.</summary>
public static class ColumnBits
{
    /// <summary>Columns that a number has bits for.</summary>
    public const int Most = 64;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Has(ulong bits, int column) => (bits >> column & 1) != 0;

    /// <param name="columns">Their indices, each below <see cref="Most"/>.</param>
    public static ulong Of(IEnumerable<int> columns) => columns.Aggregate(0UL, (bits, column) => bits | 1UL << column);

    /// <summary>Whether all bits are of a table of so many columns.</summary>
    public static bool Fit(ulong bits, int columns) => columns <= Most && BitOperations.LeadingZeroCount(bits) >= Most - columns;
}
