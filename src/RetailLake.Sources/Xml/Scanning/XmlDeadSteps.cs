using RetailLake.Sources.Xml.Units;

namespace RetailLake.Sources.Xml.Scanning;

/// <summary>
/// Goes from leaf to leaf inside an element that no path mentions, as long as the tags between two texts are those of the time before. Such tags
/// have been checked; what depends on where they stand (which elements are open, which prefixes are declared, how deep it is) is checked each time.
/// </summary>
internal sealed class XmlDeadSteps(XmlInput input, XmlTag tag, XmlNameTable names, XmlNamespaces namespaces, XmlUnits units, XmlLeaves leaves, int[] openNames)
{
    private const int MostTags = 8;

    private readonly XmlSteps steps = new();

    // Read since the last leaf: its text ended at from, and the tags at behind. Below 0: something else was among them.
    private readonly int[] tags = new int[MostTags];
    private int leaf;
    private long from;
    private long behind = -1;
    private int count;
    private int closed;
    private int prefix;

    /// <summary>After a leaf, whose start tag stood at <paramref name="start"/>.</summary>
    /// <param name="at">Behind the leaf; then behind the last one taken.</param>
    public void Take(int start, ref int at)
    {
        if (Continue(start) && Admit())
        {
            Keep();
        }

        var (name, end) = (leaves.Name, (int)input.PlaceOf(leaves.EndOffset));
        while (steps.Find(name, input.Buffer, end) is { } step && leaves.TryFindEnd(end + step.Length, step.Leaf, out var nextEnd) && TryApply(step))
        {
            (name, end) = (step.Leaf, nextEnd);
        }

        tag.Pass(name);
        leaves.Leave(name, end, ref at);
        (leaf, from, behind, count, closed, prefix) = (name, leaves.EndOffset, input.OffsetOf(at), 0, 0, XmlNameTable.NoPrefix);
    }

    /// <summary>An element that is no leaf began there, its start tag just read.</summary>
    public void Open(int start)
    {
        if (Continue(start) && Admit())
        {
            Add(tag.Name, tag.End);
        }
    }

    /// <summary>An element ended, its end tag between the two.</summary>
    public void Close(int name, int start, int end)
    {
        // Behind a start tag comes another one or a leaf; if that leaf's end tag was not plain, it comes here, and that is no step.
        if (count == closed && Continue(start))
        {
            closed++;
            Add(name, end);
        }
        else
        {
            behind = -1;
        }
    }

    /// <summary>Nothing but blanks stands between what was read last and what stands at <paramref name="start"/>.</summary>
    private bool Continue(int start)
    {
        var last = input.PlaceOf(behind);
        if (last >= 0 && last <= start && Bytes.SkipBlanks(input.Buffer, (int)last) == start)
        {
            return true;
        }

        behind = -1;
        return false;
    }

    /// <summary>The tag just read means the same wherever its prefix is declared: it declares none, and the default namespace makes no difference here.</summary>
    private bool Admit()
    {
        var own = names[tag.Name].Prefix;
        if (tag.Prefixed > 0 || (own != XmlNameTable.NoPrefix && prefix != XmlNameTable.NoPrefix && own != prefix))
        {
            behind = -1;
            return false;
        }

        prefix = own == XmlNameTable.NoPrefix ? prefix : own;
        return true;
    }

    private void Add(int name, int end)
    {
        if (count == MostTags)
        {
            behind = -1;
            return;
        }

        tags[count++] = name;
        behind = input.OffsetOf(end);
    }

    private void Keep()
    {
        var start = input.PlaceOf(from);
        if (start >= 0 && steps.Room(leaf, tag.End - start) is { } step)
        {
            step.Set(input.Buffer.AsSpan((int)start, tag.End - (int)start), tag.Name, prefix, tags.AsSpan(0, count), closed);
        }
    }

    /// <returns>False: it does not fit what is open here.</returns>
    private bool TryApply(XmlStep step)
    {
        var depth = units.Depth;
        foreach (var name in step.Closed)
        {
            if (openNames[depth] != name)
            {
                return false;
            }

            depth--;
        }

        if (namespaces.HasBelow(depth) || !namespaces.IsDeclared(step.Prefix) || !units.TryMoveDead(depth, step.Opened.Length))
        {
            return false;
        }

        foreach (var name in step.Opened)
        {
            openNames[++depth] = name;
        }

        return true;
    }
}
