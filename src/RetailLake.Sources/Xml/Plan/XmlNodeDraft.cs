using System.Text;

namespace RetailLake.Sources.Xml.Plan;

/// <summary>An element position while a plan is made.</summary>
internal sealed class XmlNodeDraft(int id, XmlNodeDraft? parent, string name)
{
    private readonly Dictionary<string, AttributeDraft> attributes = [];
    private readonly Dictionary<string, int> slots = [];
    private readonly Dictionary<string, uint> children = [];
    private int bits;
    private int childBits;

    public int Id => id;

    public XmlNodeDraft? Parent => parent;

    public string Name => name;

    public int Depth { get; } = parent is null ? 0 : parent.Depth + 1;

    public bool IsUnit { get; set; }

    public List<XmlCapture> Texts { get; } = [];

    public List<XmlPresence> Presences { get; } = [];

    public List<RowDraft> Rows { get; } = [];

    public bool IsAnchor => slots.Count > 0 || children.Count > 0 || Rows.Count > 0;

    public int Anchors => (parent?.Anchors ?? 0) + (IsAnchor ? 1 : 0);

    public IEnumerable<string> AttributeNames => attributes.Keys;

    /// <summary>The slot for a way down from here; the same way is kept once, however many columns want it.</summary>
    public int Slot(string way, out bool isNew)
    {
        isNew = !slots.TryGetValue(way, out var slot);
        if (isNew)
        {
            slots[way] = slot = slots.Count;
        }

        return slot;
    }

    public AttributeDraft Attribute(string local) => attributes.TryGetValue(local, out var found) ? found : attributes[local] = new AttributeDraft();

    /// <summary>The bit that says whether an attribute is there, or has that value.</summary>
    public uint Test(string local, string? value)
    {
        var attribute = Attribute(local);
        if (value is null)
        {
            return attribute.Exists != 0 ? attribute.Exists : attribute.Exists = Next(ref bits, "attributes");
        }

        var bytes = Encoding.UTF8.GetBytes(value);
        if (attribute.Tests.Find(test => test.Value.AsSpan().SequenceEqual(bytes)) is { } known)
        {
            return known.Bit;
        }

        attribute.Tests.Add(new XmlAttributeTest(bytes, Next(ref bits, "attributes")));
        return attribute.Tests[^1].Bit;
    }

    /// <summary>The bit that says whether there is such a child element.</summary>
    public uint Child(XmlNodeDraft child)
    {
        if (!children.TryGetValue(child.Name, out var bit))
        {
            children[child.Name] = bit = Next(ref childBits, "children");
            child.Presences.Add(new XmlPresence(Depth, bit));
        }

        return bit;
    }

    public XmlPlanNode Finish(Func<string, int> symbolOf) => new()
    {
        Id = id,
        Parent = parent?.Id ?? XmlPlan.Dead,
        Symbol = parent is null ? XmlPlan.Dead : symbolOf(name),
        Name = name,
        NameBytes = Encoding.UTF8.GetBytes(name),
        Depth = Depth,
        IsUnit = IsUnit,
        IsLeaf = Texts.Count > 0 && !IsUnit && !IsAnchor && attributes.Count == 0,
        IsAnchor = IsAnchor,
        Anchors = Anchors,
        Slots = slots.Count,
        Attributes = [.. attributes.Select(pair => new XmlAttributeUse(symbolOf(pair.Key), pair.Value.Exists, [.. pair.Value.Tests], [.. pair.Value.Captures]))],
        Texts = Texts.Count <= 32 ? [.. Texts] : throw XmlPlanBuilder.Refused($"more than 32 columns' different ways to the text of '{name}'"),
        Presences = [.. Presences],
        Rows = Rows.Sum(row => row.Alternatives.Count) <= 32 ? [.. Rows.Select((row, index) => row.Finish(this, Rows.Take(index).Sum(before => before.Alternatives.Count)))]
            : throw XmlPlanBuilder.Refused($"more than 32 alternatives of records on '{name}'"),
    };

    private uint Next(ref int count, string what) => count < 32
        ? 1u << count++
        : throw XmlPlanBuilder.Refused($"more than 32 different conditions on {what} of '{name}'");

    internal sealed class AttributeDraft
    {
        public uint Exists { get; set; }

        public List<XmlAttributeTest> Tests { get; } = [];

        public List<XmlCapture> Captures { get; } = [];
    }
}

/// <summary>A table's rows at one element position while a plan is made; anchors are counted when all of them are known.</summary>
internal sealed class RowDraft(int table)
{
    public int Table => table;

    public List<(XmlRequirement[] Requirements, (XmlNodeDraft Anchor, uint Bit)[] Children, string Record)> Alternatives { get; } = [];

    public List<(int Column, List<(XmlNodeDraft Anchor, int Slot)> Places)> Fields { get; } = [];

    public XmlRowPlan Finish(XmlNodeDraft node, int firstAlternative) => new(
        table,
        firstAlternative,
        [.. Alternatives.Select(it => new XmlRowAlternative(it.Requirements, [.. it.Children.Select(child => (node.Anchors - child.Anchor.Anchors, child.Bit))], Encoding.UTF8.GetBytes(it.Record)))],
        [.. Fields.Select(it => new XmlFieldPlan(it.Column, [.. it.Places.Select(place => (node.Anchors - place.Anchor.Anchors, place.Slot))]))]);
}
