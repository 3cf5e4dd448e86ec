using System.Text;
using System.Xml;
using RetailLake.Core.Drops;
using RetailLake.Sources.Xml;
using RetailLake.Sources.Xml.Plan;
using RetailLake.Sources.Xml.Scanning;
using RetailLake.Sources.Xml.Units;

namespace RetailLake.Tests.Xml;

/// <summary>The oracle: the framework's XmlReader telling the same events. What it takes, our scanner takes, with equal rows; what it refuses, ours refuses.</summary>
internal sealed class XmlReaderEvents : IXmlDocument
{
    private readonly XmlReader reader;
    private readonly XmlPlan plan;
    private readonly XmlUnits units;
    private readonly HashSet<string> namespaces;

    public XmlReaderEvents(Stream document, XmlPlan plan, XmlUnits units, long maxBytes)
    {
        (this.plan, this.units) = (plan, units);
        namespaces = [.. plan.Layout.Namespaces];
        reader = XmlReader.Create(document, new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = maxBytes,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            CheckCharacters = true,
        });
    }

    public static IXmlDocument Open(Stream document, XmlPlan plan, XmlUnits units, XmlPosition position, long maxBytes) =>
        new XmlReaderEvents(document, plan, units, maxBytes);

    public bool ReadUnit()
    {
        try
        {
            while (reader.Read())
            {
                if (Tell())
                {
                    return true;
                }
            }

            return false;
        }
        catch (XmlException exception)
        {
            throw new DropRefusedException(DropRefusalCode.Format, "Found what XmlReader refuses.", "Nothing.", "None.", exception);
        }
    }

    public void Dispose() => reader.Dispose();

    private bool Tell()
    {
        switch (reader.NodeType)
        {
            case XmlNodeType.Element:
                var isEmpty = reader.IsEmptyElement;
                units.Start(plan.SymbolOf(reader.LocalName), IsAccepted(reader.NamespaceURI), Encoding.UTF8.GetBytes(reader.LocalName));
                TellAttributes();
                units.Open();
                return isEmpty && units.End();
            case XmlNodeType.EndElement:
                return units.End();
            case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace when units.WantsText:
                units.Text(Encoding.UTF8.GetBytes(reader.Value));
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

        while (reader.MoveToNextAttribute())
        {
            var isPrefixed = reader.Prefix.Length > 0;
            var symbol = plan.SymbolOf(reader.LocalName);
            if (symbol >= 0 && reader.NamespaceURI != "http://www.w3.org/2000/xmlns/" && (!isPrefixed || IsAccepted(reader.NamespaceURI)))
            {
                units.Attribute(symbol, isPrefixed, Encoding.UTF8.GetBytes(reader.Value));
            }
        }
    }

    private bool IsAccepted(string uri) => namespaces.Count == 0 || namespaces.Contains(uri);
}
