using ParquetSharp;
using ParquetSharp.Schema;
using RetailLake.Core.Drops;
using RetailLake.Core.Rows.Columns;

namespace RetailLake.Core.Rows.Curated;

/// <summary>The columns that say which drop a row came from: INT64, never NULL, behind the contract's columns.</summary>
internal sealed class DropColumns
{
    private readonly Cell[] cells = new Cell[Names.Count];

    public static IReadOnlyList<string> Names { get; } = [DropRef.FileColumn, DropRef.DropColumn, DropRef.VersionColumn];

    public ColumnBuffer[] Buffers { get; } = [.. Names.Select(_ => new Int64Buffer(nullable: false))];

    public static IEnumerable<Node> Nodes() =>
        Names.Select(name => new PrimitiveNode(name, Repetition.Required, LogicalType.None(), PhysicalType.Int64));

    /// <summary>The drop that the next rows come from.</summary>
    public void Begin(DropRef drop)
    {
        cells[0].Set(drop.FileNumber);
        cells[1].Set(drop.Number);
        cells[2].Set(drop.Version);
    }

    public void Append()
    {
        for (var index = 0; index < cells.Length; index++)
        {
            Buffers[index].Append([], cells[index]);
        }
    }
}
