using System.Numerics;
using System.Runtime.CompilerServices;
using RetailLake.Core.Drops;
using RetailLake.Sources.Xml.Plan;

namespace RetailLake.Sources.Xml.Units;

/// <summary>
/// Takes the events of one document and keeps what the plan asks for, unit by unit. The order of a call: <see cref="Start"/>,
/// <see cref="Attribute"/> for each attribute if <see cref="WantsAttributes"/>, <see cref="Open"/>, <see cref="Text"/> and inner elements, <see cref="End"/>.
/// </summary>
internal sealed class XmlUnits : IDisposable
{
    private readonly XmlPlan plan;
    private readonly XmlPosition position;
    private readonly XmlOpenElement[] open;
    private readonly int maxDepth;
    private readonly long maxUnitBytes;
    private readonly XmlTakenAttributes attributes;
    private XmlPlanNode current;
    private int deadDepth;
    private int unitDepth;
    private (int Frames, int Slots, int Bytes) unitMark;

    public XmlUnits(XmlPlan plan, XmlPosition position, SkippedElements skipped, long maxUnitBytes)
    {
        (this.plan, this.position, Skipped, this.maxUnitBytes) = (plan, position, skipped, maxUnitBytes);
        maxDepth = plan.Layout.MaxDepth;
        open = new XmlOpenElement[maxDepth + 1];
        open[0].Frame = -1;
        attributes = new XmlTakenAttributes(plan, Frames.Bytes);
        current = plan.Nodes[XmlPlan.Document];
    }

    public XmlFrames Frames { get; } = new();

    /// <summary>The first frame of the unit being read or just read.</summary>
    public int FirstFrame => unitMark.Frames;

    public SkippedElements Skipped { get; }

    public int Depth { get; private set; }

    /// <summary>Inside an element that no path mentions: nothing of it is kept.</summary>
    public bool IsDead => deadDepth > 0;

    /// <summary>Whether the element just started has attributes that count.</summary>
    public bool WantsAttributes => deadDepth == 0 && current.Attributes.Length > 0;

    /// <summary>Whether text here belongs to a value.</summary>
    public bool WantsText => deadDepth == 0 && open[Depth].Wanted != 0;

    /// <param name="symbol">Of the plan, or -1.</param>
    /// <param name="isAccepted">Its namespace is one of the contract's.</param>
    public void Start(int symbol, bool isAccepted, ReadOnlySpan<byte> localName)
    {
        if (IsDead)
        {
            StartDead();
            return;
        }

        Deeper();

        var next = symbol < 0 ? XmlPlan.Dead : plan.Next(current.Id, symbol);
        if (Depth == 1 && (next == XmlPlan.Dead || !isAccepted))
        {
            throw position.OtherRoot(plan.Nodes[1].Name, next != XmlPlan.Dead);
        }

        if (next != XmlPlan.Dead && !isAccepted)
        {
            Skipped.OtherNamespace(localName);
            next = XmlPlan.Dead;
        }

        if (next == XmlPlan.Dead)
        {
            deadDepth = Depth;
            if (unitDepth > 0 && Depth == unitDepth + 1)
            {
                Skipped.Unread(localName);
            }

            return;
        }

        Enter(plan.Nodes[next]);
    }

    /// <summary>One more element inside a dead one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StartDead()
    {
        Deeper();
        if (Depth == unitDepth + 2 && unitDepth > 0)
        {
            Skipped.HasElements();
        }
    }

    /// <summary>The element that began with <see cref="StartDead"/> ends.</summary>
    public void EndDead() => Depth--;

    /// <summary>Inside a dead element others ended and began.</summary>
    /// <param name="depth">Of the element they all lie in.</param>
    /// <param name="opened">Elements open in it now; the next one goes deeper still.</param>
    /// <returns>False: that would lie outside the dead element, or too deep. Nothing has changed.</returns>
    public bool TryMoveDead(int depth, int opened)
    {
        if (depth < deadDepth || depth + opened >= maxDepth)
        {
            return false;
        }

        Depth = depth + opened;
        return true;
    }

    /// <summary>The position of an element that may start now, if it lies in a unit and only its text counts, or not even that.</summary>
    /// <param name="symbol">Of the plan, or -1.</param>
    public XmlPlanNode? LeafAt(int symbol)
    {
        if (unitDepth == 0 || IsDead)
        {
            return null;
        }

        var next = symbol < 0 ? XmlPlan.Dead : plan.Next(current.Id, symbol);
        if (next == XmlPlan.Dead)
        {
            // Of a unit's own children those that no path mentions are named.
            return Depth > unitDepth ? XmlPlanNode.Unread : null;
        }

        return plan.Nodes[next] is { IsLeaf: true } leaf ? leaf : null;
    }

    /// <summary>Such an element as a whole: it holds this text and nothing else.</summary>
    /// <param name="text">Decoded; line ends are line feeds.</param>
    public void Leaf(XmlPlanNode leaf, ReadOnlySpan<byte> text)
    {
        if (Depth == maxDepth)
        {
            throw TooDeep();
        }

        Note(leaf.Presences);
        var value = XmlSlot.Empty;
        foreach (var capture in leaf.Texts)
        {
            if (IsWanted(capture))
            {
                if (!value.IsFilled)
                {
                    value = new XmlSlot(Frames.Bytes.Count, text.Length);
                    Frames.Bytes.Add(text);
                    CheckSize();
                }

                Keep(capture, value);
            }
        }
    }

    /// <param name="value">Normalised; it is copied where it is kept.</param>
    /// <param name="isPrefixed">An attribute without a prefix wins over one with.</param>
    public void Attribute(int symbol, bool isPrefixed, ReadOnlySpan<byte> value)
    {
        attributes.Take(symbol, isPrefixed, value);
        CheckSize();
    }

    /// <summary>All attributes are known: conditions on them hold or do not.</summary>
    public void Open()
    {
        if (deadDepth > 0)
        {
            return;
        }

        ref var element = ref open[Depth];
        if (current.Attributes.Length > 0)
        {
            KeepAttributes(ref element);
        }

        if (current.Rows.Length > 0)
        {
            Frames[element.Frame].Alternatives = Fitting();
        }

        var texts = current.Texts;
        for (var index = 0; index < texts.Length; index++)
        {
            element.Wanted |= IsWanted(texts[index]) ? 1u << index : 0;
        }

        element.TextStart = element.TextEnd = Frames.Bytes.Count;
    }

    /// <param name="text">Decoded; line ends are line feeds.</param>
    public void Text(ReadOnlySpan<byte> text)
    {
        ref var element = ref open[Depth];
        var bytes = Frames.Bytes;
        if (element.TextEnd != bytes.Count)
        {
            // A value inside this element came between: what is there of the text moves behind it, so that it stays in one piece.
            var start = bytes.Count;
            var length = element.TextEnd - element.TextStart;
            var moved = bytes.Add(length);
            bytes.Items.AsSpan(element.TextStart, length).CopyTo(moved);
            (element.TextStart, element.TextEnd) = (start, start + length);
        }

        bytes.Add(text);
        element.TextEnd = bytes.Count;
        CheckSize();
    }

    /// <returns>Whether a unit has ended: its frames hold until <see cref="Release"/>.</returns>
    public bool End()
    {
        var depth = Depth--;
        if (deadDepth > 0)
        {
            deadDepth = depth == deadDepth ? 0 : deadDepth;
            return false;
        }

        ref var element = ref open[depth];
        if (element.Wanted != 0)
        {
            KeepText(in element);
        }

        var isUnit = current.IsUnit;
        current = plan.Nodes[current.Parent];
        if (isUnit)
        {
            unitDepth = 0;
            for (var frame = open[Depth].Frame; frame >= 0; frame = Frames[frame].Enclosing)
            {
                Frames[frame].HasGivenUnits = true;
            }
        }
        else if (unitDepth == 0)
        {
            // An element around units is over: nothing of it is seen any more, unless a value went into a frame further out.
            CutAround(in element);
        }

        return isUnit;
    }

    /// <summary>The unit just read is done with.</summary>
    public void Release() => Frames.CutTo(unitMark);

    public void Dispose() => Frames.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Deeper()
    {
        if (Depth == maxDepth)
        {
            throw TooDeep();
        }

        Depth++;
    }

    private void Enter(XmlPlanNode node)
    {
        current = node;
        ref var element = ref open[Depth];
        var enclosing = open[Depth - 1].Frame;
        if (node.IsUnit)
        {
            (unitDepth, unitMark) = (Depth, Frames.Mark);
            position.Unit++;
            Skipped.BeginUnit(node.NameBytes);
        }

        if (unitDepth == 0)
        {
            (element.Mark, element.KeepsBytes) = (Frames.Mark, false);
        }

        (element.Frame, element.Wanted, element.Mask) = (enclosing, 0, 0);
        if (node.IsAnchor)
        {
            element.Frame = Frames.Add(node, enclosing);
            element.FirstSlot = Frames[element.Frame].FirstSlot;
            CheckSize();
        }

        Note(node.Presences);
        if (node.Attributes.Length > 0)
        {
            attributes.Begin(node);
        }
    }

    private void Note(XmlPresence[] presences)
    {
        foreach (var presence in presences)
        {
            Frames[open[presence.Depth].Frame].Children |= presence.Bit;
        }
    }

    private void KeepAttributes(ref XmlOpenElement element)
    {
        element.Mask = attributes.Mask;
        var isKept = false;
        for (var index = 0; index < current.Attributes.Length; index++)
        {
            if (!attributes.IsThere(index))
            {
                continue;
            }

            foreach (var capture in current.Attributes[index].Captures)
            {
                if (IsWanted(capture))
                {
                    Keep(capture, attributes.ValueOf(index));
                    isKept = true;
                }
            }
        }

        if (!isKept)
        {
            attributes.Forget();
        }
    }

    private void KeepText(in XmlOpenElement element)
    {
        var value = new XmlSlot(element.TextStart, element.TextEnd - element.TextStart);
        for (var wanted = element.Wanted; wanted != 0; wanted &= wanted - 1)
        {
            Keep(current.Texts[BitOperations.TrailingZeroCount(wanted)], value);
        }
    }

    private uint Fitting()
    {
        var (fitting, bit) = (0u, 1u);
        foreach (var row in current.Rows)
        {
            foreach (var alternative in row.Alternatives)
            {
                fitting |= Holds(alternative.Requirements) ? bit : 0;
                bit <<= 1;
            }
        }

        return fitting;
    }

    private bool Holds(XmlRequirement[] requirements)
    {
        foreach (var requirement in requirements)
        {
            if ((open[requirement.Depth].Mask & requirement.Mask) != requirement.Mask)
            {
                return false;
            }
        }

        return true;
    }

    private bool IsWanted(XmlCapture capture)
    {
        if (!Holds(capture.Requirements))
        {
            return false;
        }

        ref readonly var holder = ref open[capture.Depth];
        if (Frames.SlotAt(holder.FirstSlot + capture.Slot).IsFilled)
        {
            return false;
        }

        // Within a unit everything goes to the unit's own frames.
        return unitDepth == 0 && Frames[holder.Frame].HasGivenUnits ? throw position.BehindUnits(current.Name) : true;
    }

    private void Keep(XmlCapture capture, XmlSlot value)
    {
        Frames.SlotAt(open[capture.Depth].FirstSlot + capture.Slot) = value;
        if (unitDepth == 0)
        {
            for (var depth = capture.Depth + 1; depth < open.Length && depth <= current.Depth; depth++)
            {
                open[depth].KeepsBytes = true;
            }
        }
    }

    private void CutAround(in XmlOpenElement element) =>
        Frames.CutTo(element.KeepsBytes ? (element.Mark.Frames, element.Mark.Slots, Frames.Bytes.Count) : element.Mark);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void CheckSize()
    {
        if (Frames.Size > maxUnitBytes)
        {
            throw TooLarge();
        }
    }

    private DropRefusedException TooDeep() => position.TooLarge($"elements more than {maxDepth:N0} deep");

    private DropRefusedException TooLarge() => position.TooLarge($"a unit of more than {maxUnitBytes:N0} bytes of values");
}
