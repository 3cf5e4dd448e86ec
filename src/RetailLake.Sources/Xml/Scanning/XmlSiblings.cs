using RetailLake.Sources.Xml.Plan;
using RetailLake.Sources.Xml.Units;

namespace RetailLake.Sources.Xml.Scanning;

/// <summary>Goes on from a leaf of a unit to its siblings, as long as they are leaves too and the tags between them are those of the time before.</summary>
internal sealed class XmlSiblings(XmlInput input, XmlTag tag, XmlNameTable names, XmlUnits units, XmlLeaves leaves)
{
    private readonly XmlSteps steps = new();

    /// <inheritdoc cref="XmlLeaves.Take"/>
    public bool TryTake(XmlPlanNode leaf, ref int at)
    {
        var (start, name, end) = (at, leaves.Name, leaves.EndOffset);
        if (!leaves.Take(leaf, ref at))
        {
            return false;
        }

        Learn(name, input.PlaceOf(end), start);
        if (!tag.Declares && !units.WantsText)
        {
            Follow(ref at);
        }

        return true;
    }

    /// <summary>After a leaf that declares no namespace, in an element whose own text nobody wants.</summary>
    private void Follow(ref int at)
    {
        var (name, end) = (leaves.Name, (int)input.PlaceOf(leaves.EndOffset));
        while (steps.Find(name, input.Buffer, end) is { } step && units.LeafAt(names[step.Leaf].Symbol) is { } leaf
            && leaves.TryFindEnd(end + step.Length, step.Leaf, out var nextEnd))
        {
            units.Leaf(leaf, leaves.Text(end + step.Length, nextEnd));
            (name, end) = (step.Leaf, nextEnd);
        }

        tag.Pass(name);
        leaves.Leave(name, end, ref at);
    }

    /// <summary>Keeps the step from the leaf before to the one just taken, if they are siblings of one prefix: then they are of one namespace.</summary>
    /// <param name="end">Of the text of the leaf before, in the window.</param>
    /// <param name="start">Of the start tag.</param>
    private void Learn(int before, long end, int start)
    {
        if (end < 0 || tag.Prefixed > 0 || names[tag.Name].Prefix != names[before].Prefix)
        {
            return;
        }

        var behind = end + leaves.EndTagLength(before);
        if (behind <= start && Bytes.SkipBlanks(input.Buffer, (int)behind) == start && steps.Room(before, tag.End - end) is { } step)
        {
            step.Set(input.Buffer.AsSpan((int)end, tag.End - (int)end), tag.Name, names[tag.Name].Prefix, [], 0);
        }
    }
}
