using ParquetSharp;
using ParquetSharp.Schema;
using RetailLake.Core.Drops;
using RetailLake.Core.Rows.Columns;
using RetailLake.Core.Rows.Drops;

namespace RetailLake.Core.Rows.Curated;

/// <summary>
/// The columns that say where a row came from, behind the contract's: drop, and of streams what the row does and when it happened. INT64, never NULL but for
/// the time of an event, which nothing may say.
/// </summary>
internal sealed class DropColumns
{
    private readonly Cell[] cells;
    private int waiting;

    public DropColumns(bool isStream, int batchRows)
    {
        IsStream = isStream;
        Names = isStream ? OriginColumns.OfStreams : OriginColumns.OfDrops;
        Buffers = [.. Names.Select(name => new Int64Buffer(IsTime(name), batchRows))];
        cells = new Cell[Names.Count];
        Array.Fill(cells, new() { State = CellState.Value });
    }

    public bool IsStream { get; }

    public IReadOnlyList<string> Names { get; }

    public ColumnBuffer[] Buffers { get; }

    public IEnumerable<Node> Nodes() => Names.Select(name => IsTime(name)
        ? new PrimitiveNode(name, Repetition.Optional, LogicalType.Timestamp(false, TimeUnit.Micros, forceSetConvertedType: true), PhysicalType.Int64)
        : new PrimitiveNode(name, Repetition.Required, LogicalType.None(), PhysicalType.Int64));

    /// <summary>The drop that the next rows come from.</summary>
    public void Begin(DropRef drop) => Begin(new RowOrigin(drop.FileNumber, drop.Number, drop.Version, RowChange.Upsert, -1));

    public void Begin(in RowOrigin origin)
    {
        Fill();
        cells[0].Set(origin.File);
        cells[1].Set(origin.Drop);
        cells[2].Set(origin.Version);
        if (IsStream)
        {
            cells[3].Set((long)origin.Change);
            cells[4].Set(origin.EventTime * 1_000);
            cells[4].State = origin.EventTime < 0 ? CellState.Null : CellState.Value;
        }
    }

    /// <summary>One more row of the same origin; <see cref="Fill"/> must follow before the batch is written.</summary>
    public void Append() => waiting++;

    /// <summary>Gives the rows appended so far their origin.</summary>
    public void Fill()
    {
        if (waiting == 0)
        {
            return;
        }

        for (var index = 0; index < cells.Length; index++)
        {
            if (cells[index].State == CellState.Null)
            {
                Buffers[index].AppendNull();
            }
            else
            {
                Buffers[index].Append([], cells[index]);
            }

            Buffers[index].AppendAgain(waiting - 1);
        }

        waiting = 0;
    }

    private static bool IsTime(string name) => name == DropRef.EventColumn;
}
