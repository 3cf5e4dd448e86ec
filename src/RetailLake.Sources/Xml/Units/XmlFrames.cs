using RetailLake.Sources.Xml.Plan;

namespace RetailLake.Sources.Xml.Units;

/// <summary>An element that values, rows or conditions belong to.</summary>
/// <param name="Enclosing">The frame around it; -1: none.</param>
/// <param name="FirstSlot">Of its values.</param>
internal record struct XmlFrame(int Node, int Enclosing, int FirstSlot)
{
    /// <summary>Alternatives of records, over all rows of its node, whose conditions on attributes hold.</summary>
    public uint Alternatives { get; set; }

    /// <summary>Which child elements it turned out to have.</summary>
    public uint Children { get; set; }

    /// <summary>A unit inside it has been given out: a value that comes now would have been seen by some units and not by others.</summary>
    public bool HasGivenUnits { get; set; }
}

/// <summary>Where a value lies; a length of -1: no value, although its element is there.</summary>
internal readonly record struct XmlSlot(int Start, int Length)
{
    public static readonly XmlSlot Empty = new(-1, 0);

    public bool IsFilled => Start >= 0;
}

/// <summary>
/// What is kept of the unit being read, and below it of the elements around the unit: frames, slots and the values' bytes. All of it is cut
/// back when a unit ends, so memory follows the largest unit and not the document.
/// </summary>
internal sealed class XmlFrames : IDisposable
{
    private readonly PooledList<XmlFrame> frames = new(256);
    private readonly PooledList<XmlSlot> slots = new(2_048);

    public PooledList<byte> Bytes { get; } = new(64 * 1024);

    public int Count => frames.Count;

    public ReadOnlySpan<XmlSlot> Slots => slots.Span;

    public long Size => Bytes.Count + (8L * slots.Count) + (24L * frames.Count);

    public ref XmlFrame this[int frame] => ref frames[frame];

    public (int Frames, int Slots, int Bytes) Mark => (frames.Count, slots.Count, Bytes.Count);

    public void CutTo((int Frames, int Slots, int Bytes) mark)
    {
        frames.Cut(mark.Frames);
        slots.Cut(mark.Slots);
        Bytes.Cut(mark.Bytes);
    }

    public int Add(XmlPlanNode node, int enclosing)
    {
        frames.Add(1)[0] = new XmlFrame(node.Id, enclosing, slots.Count);
        slots.Add(node.Slots).Fill(XmlSlot.Empty);
        return frames.Count - 1;
    }

    /// <param name="index">Counted from the frame's <see cref="XmlFrame.FirstSlot"/>.</param>
    public ref XmlSlot SlotAt(int index) => ref slots[index];

    public int Up(int frame, int hops)
    {
        for (; hops > 0; hops--)
        {
            frame = frames[frame].Enclosing;
        }

        return frame;
    }

    public void Dispose()
    {
        frames.Dispose();
        slots.Dispose();
        Bytes.Dispose();
    }
}
