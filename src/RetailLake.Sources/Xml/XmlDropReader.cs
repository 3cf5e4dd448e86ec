using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Rows.Drops;
using RetailLake.Sources.Drops;
using RetailLake.Sources.Xml.Encodings;
using RetailLake.Sources.Xml.Plan;
using RetailLake.Sources.Xml.Scanning;
using RetailLake.Sources.Xml.Units;

namespace RetailLake.Sources.Xml;

/// <summary>
/// Reads XML documents as rows by the contract's paths (<see cref="Core.Contracts.Paths.XmlPath"/>). A unit is read to its end before its rows are
/// given, so a value may stand behind the row that needs it. Memory follows the largest unit; one of more than 32 MiB of values is refused.
/// </summary>
public sealed class XmlDropReader : DropReader
{
    private const long MostUnitBytes = 32 * 1024 * 1024;

    private readonly DropContent content;
    private readonly XmlDocumentFactory open;
    private readonly long mostUnitBytes;
    private readonly XmlPlan plan;
    private readonly XmlPosition position;
    private readonly XmlRows rows;
    private readonly SkippedElements skipped = new();
    private XmlUnits? units;
    private IXmlDocument? document;
    private bool hasUnit;

    /// <param name="content">Closed with the reader.</param>
    /// <exception cref="Core.Errors.NotSupportedByLakeException">The contract's paths cannot be read.</exception>
    public XmlDropReader(Contract contract, DropRef drop, DropContent content)
        : this(contract, drop, content, OpenScanner)
    {
    }

    internal XmlDropReader(Contract contract, DropRef drop, DropContent content, XmlDocumentFactory open, long mostUnitBytes = MostUnitBytes)
    {
        (this.content, this.open, this.mostUnitBytes) = (content, open, mostUnitBytes);
        plan = XmlPlanBuilder.Build(contract);
        position = new XmlPosition(content.Faults);
        rows = new XmlRows(contract, new DropName(contract, drop, content.Faults), plan);
    }

    public override IReadOnlyDictionary<string, long> Skipped => skipped.Counts;

    public override bool Read()
    {
        while (true)
        {
            if (hasUnit)
            {
                if (rows.Next())
                {
                    (TableIndex, Row) = (rows.TableIndex, rows.Row);
                    return true;
                }

                EndUnit();
            }

            if (document is null && !Open())
            {
                return false;
            }

            if (document!.ReadUnit())
            {
                hasUnit = true;
                UnitNumber = position.Unit;
                rows.Begin(units!, UnitNumber);
            }
            else
            {
                Close();
            }
        }
    }

    public override void Dispose()
    {
        Close();
        rows.Dispose();
        content.Dispose();
    }

    internal static IXmlDocument OpenScanner(Stream stream, XmlPlan plan, XmlUnits units, XmlPosition position, DropFaults faults) =>
        new XmlScanner(XmlEncodings.AsUtf8(stream, faults, position), plan, units, position);

    private bool Open()
    {
        if (!content.Next())
        {
            return false;
        }

        position.Offset = 0;
        units = new XmlUnits(plan, position, skipped, mostUnitBytes);
        document = open(content.Document, plan, units, position, content.Faults);
        return true;
    }

    private void EndUnit()
    {
        if (rows.InUnit == 0)
        {
            skipped.CountUnit();
        }

        units!.Release();
        hasUnit = false;
    }

    private void Close()
    {
        document?.Dispose();
        units?.Dispose();
        (document, units, hasUnit) = (null, null, false);
    }
}

/// <summary>Opens a document in whatever encoding it has.</summary>
internal delegate IXmlDocument XmlDocumentFactory(Stream document, XmlPlan plan, XmlUnits units, XmlPosition position, DropFaults faults);
