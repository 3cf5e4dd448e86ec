using System.Runtime.CompilerServices;
using RetailLake.Sources.Xml.Plan;
using RetailLake.Sources.Xml.Units;

namespace RetailLake.Sources.Xml.Scanning;

/// <summary>Most elements hold plain text and nothing else: their text and end tag are taken with the start tag just read.</summary>
internal sealed class XmlLeaves(XmlInput input, XmlTag tag, XmlNameTable names, XmlUnits units, XmlText text, XmlPosition position)
{
    /// <summary>Name of the leaf taken last; 0: none.</summary>
    public int Name { get; private set; }

    /// <summary>Where its text ends.</summary>
    public long EndOffset { get; private set; } = -1;

    /// <summary>Of an element that <c>units</c> has been told of: its text, if it is a leaf.</summary>
    /// <param name="at">Then behind its end tag, otherwise behind its start tag.</param>
    /// <returns>Whether the element has ended.</returns>
    public bool Tell(ref int at)
    {
        at = tag.End;
        if (tag.IsEmpty)
        {
            return true;
        }

        if (!TryFindEnd(at, tag.Name, out var end))
        {
            return false;
        }

        if (end > at && units.WantsText)
        {
            units.Text(Text(at, end));
        }

        Leave(tag.Name, end, ref at);
        return true;
    }

    /// <summary>Of an element whose text only the plan asks for.</summary>
    /// <param name="at">Then behind its end tag.</param>
    /// <returns>False: it is no leaf, or it goes on behind the window. Then nothing of it is taken.</returns>
    public bool Take(XmlPlanNode leaf, ref int at)
    {
        if (!TryFindEnd(tag.End, tag.Name, out var end))
        {
            return false;
        }

        units.Leaf(leaf, Text(tag.End, end));
        Leave(tag.Name, end, ref at);
        return true;
    }

    /// <param name="from">Behind the start tag.</param>
    /// <param name="end">Where the end tag begins.</param>
    /// <returns>False: something else comes before it, or it goes on behind the window.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryFindEnd(int from, int name, out int end)
    {
        var buffer = input.Buffer;
        end = Bytes.IndexOfAny(buffer, from, input.Filled, (byte)'<', (byte)'&', (byte)']');
        var behind = end + 2 + names[name].Length;
        return behind < input.Filled && buffer[end] == '<' && buffer[end + 1] == '/' && buffer[behind] == '>' && names.IsAt(buffer, end + 2, name);
    }

    /// <summary>As it is told: line ends are line feeds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Text(int from, int end)
    {
        var written = input.Buffer.AsSpan(from, end - from);
        return input.HasCarriageReturns ? text.Lines(written) : written;
    }

    /// <param name="at">Then behind the end tag.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Leave(int name, int end, ref int at)
    {
        position.Offset = input.OffsetOf(end);
        (Name, EndOffset) = (name, position.Offset);
        at = end + EndTagLength(name);
    }

    /// <summary>Of a leaf, whose end tag has nothing but its name.</summary>
    public int EndTagLength(int name) => 3 + names[name].Length;
}
