using RetailLake.Sources.Xml.Plan;

namespace RetailLake.Sources.Xml.Units;

/// <summary>The attributes of the element just started that its position in the plan mentions.</summary>
/// <param name="bytes">Where values that may be kept go.</param>
internal sealed class XmlTakenAttributes(XmlPlan plan, PooledList<byte> bytes)
{
    private readonly Taken[] taken = new Taken[plan.Nodes.Max(node => node.Attributes.Length)];
    private XmlAttributeUse[] uses = [];
    private int start;

    /// <summary>Bits of the conditions that hold.</summary>
    public uint Mask
    {
        get
        {
            var mask = 0u;
            foreach (ref readonly var one in taken.AsSpan(0, uses.Length))
            {
                mask |= one.Bits;
            }

            return mask;
        }
    }

    public void Begin(XmlPlanNode node)
    {
        (uses, start) = (node.Attributes, bytes.Count);
        taken.AsSpan(0, uses.Length).Clear();
    }

    public void Take(int symbol, bool isPrefixed, ReadOnlySpan<byte> value)
    {
        for (var index = 0; index < uses.Length; index++)
        {
            if (uses[index].Symbol == symbol)
            {
                Take(uses[index], ref taken[index], isPrefixed, value);
                return;
            }
        }
    }

    public bool IsThere(int index) => taken[index].IsThere;

    public XmlSlot ValueOf(int index) => taken[index].Value;

    /// <summary>No value is kept.</summary>
    public void Forget() => bytes.Cut(start);

    private void Take(XmlAttributeUse use, ref Taken into, bool isPrefixed, ReadOnlySpan<byte> value)
    {
        if (into.IsThere && (isPrefixed || !into.IsPrefixed))
        {
            return;
        }

        into = new Taken { IsThere = true, IsPrefixed = isPrefixed, Bits = use.Exists, Value = new XmlSlot(bytes.Count, value.Length) };
        foreach (var test in use.Tests)
        {
            into.Bits |= value.SequenceEqual(test.Value) ? test.Bit : 0;
        }

        if (use.Captures.Length > 0)
        {
            bytes.Add(value);
        }
    }

    private struct Taken
    {
        public bool IsThere;
        public bool IsPrefixed;
        public uint Bits;
        public XmlSlot Value;
    }
}
