using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Rows.Drops;
using RetailLake.Sources.Drops;
using RetailLake.Sources.Xml.Plan;
using RetailLake.Sources.Xml.Units;

namespace RetailLake.Sources.Xml;

/// <summary>The rows of the unit just read: those of the parent table first, then the others in the order of the document.</summary>
internal sealed class XmlRows : IDisposable
{
    private readonly XmlPlan plan;
    private readonly XmlTableRows[] tables;
    private XmlFrames frames = null!;
    private long unit;
    private bool isAscii;
    private bool isParentsTurn;
    private int frame;
    private int firstFrame;
    private int row;

    public XmlRows(Contract contract, DropName name, XmlPlan plan)
    {
        this.plan = plan;
        tables = [.. contract.Tables.Select(table => new XmlTableRows(table, name, plan))];
    }

    public int TableIndex { get; private set; }

    public LandedRow Row => tables[TableIndex].Row;

    /// <summary>Rows of this unit so far.</summary>
    public long InUnit { get; private set; }

    public void Begin(XmlUnits units, long unitNumber)
    {
        (frames, unit, frame, firstFrame, row, isParentsTurn) = (units.Frames, unitNumber, units.FirstFrame, units.FirstFrame, 0, true);
        isAscii = Ascii.IsValid(frames.Bytes.Span);
        InUnit = 0;
        foreach (var table in tables)
        {
            table.BeginUnit();
        }
    }

    public bool Next()
    {
        while (true)
        {
            for (; frame < frames.Count; frame++, row = 0)
            {
                var alternatives = frames[frame].Alternatives;
                if (alternatives == 0)
                {
                    continue;
                }

                var rows = plan.Nodes[frames[frame].Node].Rows;
                while (row < rows.Length)
                {
                    var candidate = rows[row++];
                    if ((candidate.Table == 0) == isParentsTurn && Fits(candidate, alternatives >> candidate.FirstAlternative) is { } alternative)
                    {
                        TableIndex = candidate.Table;
                        InUnit++;
                        tables[TableIndex].Write(frames, frame, candidate, alternative.Record, unit, isAscii);
                        return true;
                    }
                }
            }

            if (!isParentsTurn)
            {
                return false;
            }

            (isParentsTurn, frame) = (false, firstFrame);
        }
    }

    public void Dispose()
    {
        foreach (var table in tables)
        {
            table.Row.Dispose();
        }
    }

    private XmlRowAlternative? Fits(XmlRowPlan candidate, uint alternatives)
    {
        foreach (var alternative in candidate.Alternatives)
        {
            if ((alternatives & 1) != 0 && HasChildren(alternative))
            {
                return alternative;
            }

            alternatives >>= 1;
        }

        return null;
    }

    private bool HasChildren(XmlRowAlternative alternative)
    {
        foreach (var (hops, mask) in alternative.Children)
        {
            if ((frames[frames.Up(frame, hops)].Children & mask) != mask)
            {
                return false;
            }
        }

        return true;
    }
}
