using RetailLake.Sources.Xml.Plan;
using RetailLake.Sources.Xml.Units;

namespace RetailLake.Sources.Xml.Scanning;

/// <summary>
/// Reads UTF-8 as XML 1.0 with namespaces, accepts what XmlReader accepts and nothing else, and tells <see cref="XmlUnits"/> what it finds.
/// There is no document type, hence no entity but the five and no default attribute.
/// </summary>
internal sealed class XmlScanner : IXmlDocument
{
    private readonly XmlPosition position;
    private readonly XmlInput input;
    private readonly XmlUnits units;
    private readonly XmlNameTable names;
    private readonly XmlNamespaces namespaces;
    private readonly XmlTag tag;
    private readonly XmlAttributes attributes;
    private readonly XmlMisc misc;
    private readonly XmlLeaves leaves;
    private readonly XmlSiblings siblings;
    private readonly XmlDeadSteps deadSteps;
    private readonly XmlText text = new();
    private readonly int[] openNames;
    private int at;
    private bool hasBegun;
    private bool hasRoot;

    public XmlScanner(Stream utf8, XmlPlan plan, XmlUnits units, XmlPosition position, int windowBytes = 256 * 1024)
    {
        (this.units, this.position) = (units, position);
        input = new XmlInput(utf8, position, windowBytes);
        names = new XmlNameTable(plan, position);
        namespaces = new XmlNamespaces(plan.Layout.Namespaces, position);
        tag = new XmlTag(names, position);
        attributes = new XmlAttributes(input, tag, names, namespaces, text, position);
        misc = new XmlMisc(input, names, position);
        openNames = new int[plan.Layout.MaxDepth + 1];
        leaves = new XmlLeaves(input, tag, names, units, text, position);
        siblings = new XmlSiblings(input, tag, names, units, leaves);
        deadSteps = new XmlDeadSteps(input, tag, names, namespaces, units, leaves, openNames);
    }

    public bool ReadUnit()
    {
        if (!hasBegun)
        {
            hasBegun = true;
            misc.SkipXmlDeclaration(ref at);
        }

        while (true)
        {
            if (at >= input.Filled && !input.Fill(ref at))
            {
                position.Offset = input.OffsetOf(at);
                return units.Depth == 0 && hasRoot ? false : throw position.Torn();
            }

            if (input.Buffer[at] != '<')
            {
                Text();
            }
            else if (Markup())
            {
                return true;
            }
        }
    }

    public void Dispose()
    {
        input.Dispose();
        names.Dispose();
        namespaces.Dispose();
        text.Dispose();
    }

    /// <returns>Whether a unit has ended.</returns>
    private bool Markup()
    {
        position.Offset = input.OffsetOf(at);
        switch (input.Buffer[at + 1])
        {
            case (byte)'/':
                return EndTag();
            case (byte)'!':
                Declaration();
                return false;
            case (byte)'?':
                misc.SkipInstruction(ref at);
                return false;
            case 0 when at + 1 >= input.Filled:
                input.Require(ref at);
                return false;
            default:
                return StartTag();
        }
    }

    private bool StartTag()
    {
        while (!tag.TryRead(input.Buffer, at, input.Filled))
        {
            input.Require(ref at);
        }

        var depth = units.Depth + 1;
        if (units.IsDead)
        {
            StartDead(depth);
            return false;
        }

        if (depth == 1)
        {
            hasRoot = hasRoot ? throw position.NotWellFormed("a second root element") : true;
        }

        ref readonly var name = ref names[tag.Name];
        if (tag.Count > 0)
        {
            attributes.Check(depth);
        }

        var isAccepted = namespaces.IsAccepted(namespaces.Of(name.Prefix));
        if (isAccepted && !tag.IsEmpty && units.LeafAt(name.Symbol) is { } leaf && siblings.TryTake(leaf, ref at))
        {
            namespaces.End(depth);
            return false;
        }

        units.Start(name.Symbol, isAccepted, names.Local(tag.Name));
        if (tag.Count > 0 && units.WantsAttributes)
        {
            attributes.TellTo(units);
        }

        units.Open();
        if (!leaves.Tell(ref at))
        {
            openNames[depth] = tag.Name;
            return false;
        }

        namespaces.End(depth);
        return units.End();
    }

    /// <summary>Inside an element that no path mentions nothing is told, but everything is read and checked.</summary>
    private void StartDead(int depth)
    {
        if (tag.Count > 0)
        {
            attributes.Check(depth);
        }

        namespaces.Of(names[tag.Name].Prefix);
        units.StartDead();
        var start = at;
        if (!leaves.Tell(ref at))
        {
            openNames[depth] = tag.Name;
            deadSteps.Open(start);
            return;
        }

        namespaces.End(depth);
        units.EndDead();
        if (!tag.IsEmpty)
        {
            deadSteps.Take(start, ref at);
        }
    }

    private bool EndTag()
    {
        var depth = units.Depth;
        if (depth == 0)
        {
            throw position.NotWellFormed("an end tag without its start tag");
        }

        var name = openNames[depth];
        while (true)
        {
            var end = at + 2 + names[name].Length;
            if (end < input.Filled)
            {
                if (!names.IsAt(input.Buffer, at + 2, name))
                {
                    throw position.NotWellFormed("an end tag of another name than the start tag's");
                }

                end = input.Buffer[end] == '>' ? end : Bytes.SkipBlanks(input.Buffer, end);
                if (input.Buffer[end] == '>')
                {
                    if (units.IsDead)
                    {
                        deadSteps.Close(name, at, end + 1);
                    }

                    at = end + 1;
                    namespaces.End(depth);
                    return units.End();
                }

                if (end < input.Filled)
                {
                    throw position.NotWellFormed("an end tag with more than its name, or of another name than the start tag's");
                }
            }

            input.Require(ref at);
        }
    }

    private void Text()
    {
        if (units.Depth == 0)
        {
            var end = Bytes.SkipBlanks(input.Buffer, at);
            position.Offset = input.OffsetOf(end);
            at = end > at || end >= input.Filled ? end : throw position.NotWellFormed("text outside the root element");
            return;
        }

        var next = Bytes.IndexOfAny(input.Buffer, at, input.Filled, (byte)'<', (byte)'&', (byte)']');
        next = next >= input.Filled ? input.Filled - HeldBack(input.Filled) : next;
        if (next > at)
        {
            Tell(input.Buffer.AsSpan(at, next - at));
            at = next;
        }

        switch (input.Buffer[next])
        {
            case (byte)'&':
                Reference();
                break;
            case (byte)']':
                Bracket();
                break;
            case (byte)'\r':
                input.Require(ref at);
                break;
        }
    }

    /// <summary>A carriage return at the window's end waits for the line feed that may follow.</summary>
    private int HeldBack(int end) => end > at && input.Buffer[end - 1] == '\r' && !input.IsLast ? 1 : 0;

    private void Reference()
    {
        position.Offset = input.OffsetOf(at);
        while (true)
        {
            if (!XmlReference.TryRead(input.Buffer.AsSpan(at, input.Filled - at), out var character, out var length))
            {
                throw position.NotWellFormed("a reference to an unknown entity or to no character, or an '&' alone");
            }

            if (length > 0)
            {
                at += length;
                if (units.WantsText)
                {
                    Span<byte> bytes = stackalloc byte[4];
                    units.Text(bytes[..character.EncodeToUtf8(bytes)]);
                }

                return;
            }

            input.Require(ref at);
        }
    }

    private void Bracket()
    {
        while (at + 2 >= input.Filled && !input.IsLast)
        {
            input.Fill(ref at);
        }

        position.Offset = input.OffsetOf(at);
        if (input.Buffer.AsSpan(at).StartsWith("]]>"u8))
        {
            throw position.NotWellFormed("']]>' in text");
        }

        Tell(input.Buffer.AsSpan(at, 1));
        at++;
    }

    private void Tell(ReadOnlySpan<byte> written)
    {
        if (units.WantsText)
        {
            units.Text(Lines(written));
        }
    }

    private ReadOnlySpan<byte> Lines(ReadOnlySpan<byte> written) => input.HasCarriageReturns ? text.Lines(written) : written;

    private void Declaration()
    {
        if (misc.IsCdata(ref at))
        {
            Cdata();
        }
        else
        {
            misc.SkipComment(ref at);
        }
    }

    private void Cdata()
    {
        if (units.Depth == 0)
        {
            throw position.NotWellFormed("a CDATA section outside the root element");
        }

        while (true)
        {
            var window = input.Buffer.AsSpan(at, input.Filled - at);
            var end = window.IndexOf("]]>"u8);
            if (end >= 0)
            {
                Tell(window[..end]);
                at += end + 3;
                return;
            }

            // Three bytes may be the beginning of the end, and one more a carriage return whose line feed follows.
            var told = Math.Max(0, window.Length - 3);
            told -= told > 0 && window[told - 1] == '\r' ? 1 : 0;
            Tell(window[..told]);
            at += told;
            input.Require(ref at);
        }
    }
}
