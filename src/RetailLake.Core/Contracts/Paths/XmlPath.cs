namespace RetailLake.Core.Contracts.Paths;

/// <summary>A path through an XML document by local names; prefixes are the sender's business and are never written.</summary>
/// <remarks>
/// <code>
/// unit      = name *( "/" name )                        retaillake.layout unit, from the root
/// record    = absolute *( "|" absolute )                retaillake.record, from the root; the first that fits an element makes its row
/// absolute  = step *( "/" step )
/// field     = one of retaillake.from's alternatives, from the row's element:
///             "."  |  up  |  down  |  up "/" down
/// up        = ".." *( "/" ".." )  |  "ancestor::" name   the nearest element around the row's of that name
/// down      = "@" name  |  step *( "/" step ) [ "/@" name ]
/// step      = name *( "[" condition "]" )
/// condition = "@" name  |  "@" name "=" value  |  name  the last, "has such a child element", in records only
/// value     = 1 to 200 characters but [ ] | ' " and control characters; as written, without quotes
/// </code>
/// Blanks may stand around <c>|</c> and nowhere else. Of several elements that a field's path fits, the first in the document counts.
/// An element's value is its own text and CDATA without that of elements inside it; <c>xsi:nil</c> says nothing here.
/// An attribute without a prefix wins over one with.
/// </remarks>
/// <param name="Up">How many elements above the row's; 0 in units and records.</param>
/// <param name="Steps">Downwards from there; empty for <c>.</c>, <c>..</c> and <c>@name</c>.</param>
/// <param name="Attribute">Local name of the attribute that is the value; null: the text of the element.</param>
/// <param name="Ancestor">Instead of <paramref name="Up"/>: the name of an element around the row's.</param>
public sealed record XmlPath(int Up, IReadOnlyList<XmlStep> Steps, string? Attribute, string? Ancestor = null)
{
    internal const string AncestorAxis = "ancestor::";

    /// <summary>Reads one alternative of a field's source.</summary>
    /// <param name="problem">What is wrong, as the end of a sentence that begins with the path; empty when nothing is.</param>
    public static bool TryParse(string text, out XmlPath path, out string problem) => new XmlPathText(text).TryField(out path, out problem);

    /// <summary>Reads <c>retaillake.record</c>.</summary>
    public static bool TryParseRecord(string text, out IReadOnlyList<XmlPath> alternatives, out string problem)
    {
        var found = new List<XmlPath>();
        alternatives = found;
        problem = "";
        foreach (var alternative in text.Split('|'))
        {
            if (!new XmlPathText(alternative.Trim(' ')).TryRecord(out var path, out problem))
            {
                return false;
            }

            found.Add(path);
        }

        return true;
    }

    /// <summary>Reads <see cref="XmlLayout.Unit"/>.</summary>
    public static bool TryParseUnit(string text, out XmlPath path, out string problem)
    {
        if (!new XmlPathText(text).TryRecord(out path, out problem))
        {
            return false;
        }

        problem = path.Steps.Any(step => step.Conditions.Count > 0) ? "has conditions; a unit is named by plain names" : "";
        return problem.Length == 0;
    }

    /// <summary>How many elements above a record's the path begins; null when that record has none there.</summary>
    public int? UpFrom(XmlPath record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (Ancestor is null)
        {
            return Up < record.Steps.Count ? Up : null;
        }

        for (var up = 1; up < record.Steps.Count; up++)
        {
            if (record.Steps[record.Steps.Count - 1 - up].Name == Ancestor)
            {
                return up;
            }
        }

        return null;
    }

    public override string ToString() =>
        string.Join('/', [.. Ancestor is null ? Enumerable.Repeat("..", Up) : [AncestorAxis + Ancestor], .. Steps, .. Attribute is null ? Array.Empty<string>() : ["@" + Attribute]]) is { Length: > 0 } text ? text : ".";
}

/// <param name="Name">Local name.</param>
public sealed record XmlStep(string Name, IReadOnlyList<XmlCondition> Conditions)
{
    public override string ToString() => Name + string.Concat(Conditions);
}

/// <param name="OnAttribute">On an attribute; otherwise on a child element.</param>
/// <param name="Value">What the attribute must be; null: it must be there.</param>
public sealed record XmlCondition(bool OnAttribute, string Name, string? Value)
{
    public override string ToString() => $"[{(OnAttribute ? "@" : "")}{Name}{(Value is null ? "" : "=" + Value)}]";
}
