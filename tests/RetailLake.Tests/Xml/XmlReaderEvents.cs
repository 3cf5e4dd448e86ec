using System.Text;
using System.Xml;
using RetailLake.Core.Drops;
using RetailLake.Sources.Drops;
using RetailLake.Sources.Xml;
using RetailLake.Sources.Xml.Plan;
using RetailLake.Sources.Xml.Scanning;
using RetailLake.Sources.Xml.Units;

namespace RetailLake.Tests.Xml;

/// <summary>The oracle: the framework's XmlReader telling the same events. What it takes, our scanner takes, with equal rows; what it refuses, ours refuses.</summary>
internal sealed class XmlReaderEvents : IXmlDocument
{
    private readonly Lazy<XmlReader> opened;
    private readonly XmlPlan plan;
    private readonly XmlUnits units;
    private readonly HashSet<string> namespaces;

    public XmlReaderEvents(Stream document, XmlPlan plan, XmlUnits units)
    {
        (this.plan, this.units) = (plan, units);
        namespaces = [.. plan.Layout.Namespaces];
        opened = new(() => XmlReader.Create(document, new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            CheckCharacters = true,
        }));
    }

    private XmlReader Reader => opened.Value;

    public static IXmlDocument Open(Stream document, XmlPlan plan, XmlUnits units, XmlPosition position, DropFaults faults) =>
        new XmlReaderEvents(document, plan, units);

    public bool ReadUnit()
    {
        try
        {
            while (Reader.Read())
            {
                if (Tell())
                {
                    return true;
                }
            }

            return false;
        }
        catch (Exception exception) when (exception is XmlException or ArgumentOutOfRangeException)
        {
            throw new DropRefusedException(DropRefusalCode.Format, "Found what XmlReader refuses.", "Nothing.", "None.", exception);
        }
    }

    public void Dispose()
    {
        if (opened.IsValueCreated)
        {
            Reader.Dispose();
        }
    }

    private bool Tell()
    {
        switch (Reader.NodeType)
        {
            case XmlNodeType.Element:
                var isEmpty = Reader.IsEmptyElement;
                units.Start(plan.SymbolOf(Reader.LocalName), IsAccepted(Reader.NamespaceURI), Encoding.UTF8.GetBytes(Reader.LocalName));
                TellAttributes();
                units.Open();
                return isEmpty && units.End();
            case XmlNodeType.EndElement:
                return units.End();
            case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace when units.WantsText:
                units.Text(Encoding.UTF8.GetBytes(Reader.Value));
                return false;
            default:
                return false;
        }
    }

    private void TellAttributes()
    {
        if (!units.WantsAttributes)
        {
            return;
        }

        while (Reader.MoveToNextAttribute())
        {
            var isPrefixed = Reader.Prefix.Length > 0;
            var symbol = plan.SymbolOf(Reader.LocalName);
            if (symbol >= 0 && Reader.NamespaceURI != "http://www.w3.org/2000/xmlns/" && (!isPrefixed || IsAccepted(Reader.NamespaceURI)))
            {
                units.Attribute(symbol, isPrefixed, Encoding.UTF8.GetBytes(Reader.Value));
            }
        }
    }

    private bool IsAccepted(string uri) => namespaces.Count == 0 || namespaces.Contains(uri);
}
