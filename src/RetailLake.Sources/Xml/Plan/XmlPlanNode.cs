using RetailLake.Core.Rows.Drops;

namespace RetailLake.Sources.Xml.Plan;

/// <summary>One element position of a plan: what is kept of such an element, and for whom.</summary>
internal sealed class XmlPlanNode
{
    /// <summary>No position of any plan: of an element that no path mentions nothing is kept.</summary>
    public static readonly XmlPlanNode Unread = new()
    {
        Id = XmlPlan.Dead, Parent = XmlPlan.Dead, Symbol = -1, Name = "", NameBytes = [], Depth = 0, IsUnit = false, IsLeaf = true, IsAnchor = false, Anchors = 0, Slots = 0,
        Attributes = [], Texts = [], Presences = [], Rows = [],
    };

    public required int Id { get; init; }

    public required int Parent { get; init; }

    public required int Symbol { get; init; }

    public required string Name { get; init; }

    public required byte[] NameBytes { get; init; }

    /// <summary>1: the root element.</summary>
    public required int Depth { get; init; }

    public required bool IsUnit { get; init; }

    /// <summary>Nothing but text is taken of such an element, and nothing is asked of its attributes.</summary>
    public required bool IsLeaf { get; init; }

    /// <summary>Values, rows or conditions belong to such an element: each gets a frame.</summary>
    public required bool IsAnchor { get; init; }

    /// <summary>Anchors from the root to here, this one too.</summary>
    public required int Anchors { get; init; }

    /// <summary>Values that a frame holds.</summary>
    public required int Slots { get; init; }

    public required XmlAttributeUse[] Attributes { get; init; }

    public required XmlCapture[] Texts { get; init; }

    /// <summary>Conditions on child elements that this element fulfils.</summary>
    public required XmlPresence[] Presences { get; init; }

    public required XmlRowPlan[] Rows { get; init; }
}

/// <summary>An attribute that some path mentions.</summary>
/// <param name="Exists">Bits of the element's mask that its being there sets.</param>
internal sealed record XmlAttributeUse(int Symbol, uint Exists, XmlAttributeTest[] Tests, XmlCapture[] Captures);

/// <param name="Bit">Of the element's mask.</param>
internal sealed record XmlAttributeTest(byte[] Value, uint Bit);

/// <summary>Puts a value into a slot of an element further up, or of the element itself, if the conditions on the way hold.</summary>
/// <param name="Depth">Of the element that holds the slot.</param>
internal sealed record XmlCapture(int Depth, int Slot, XmlRequirement[] Requirements);

/// <param name="Mask">Bits that the element at that depth must have.</param>
internal readonly record struct XmlRequirement(int Depth, uint Mask);

internal readonly record struct XmlPresence(int Depth, uint Bit);

/// <summary>Such an element is a row of a table.</summary>
/// <param name="FirstAlternative">Index of its first alternative among those of all rows of the node.</param>
internal sealed record XmlRowPlan(int Table, int FirstAlternative, XmlRowAlternative[] Alternatives, XmlFieldPlan[] Fields)
{
    /// <summary>So far up from the row's own anchor lies some value.</summary>
    public int MostHops { get; } = Fields.SelectMany(field => field.Places).Select(place => place.Hops).DefaultIfEmpty().Max();

    /// <summary>What is read of a row that shares an anchor with the row before, by the hops up to it.</summary>
    public XmlRowPart[] Parts => field ??= [.. Enumerable.Range(0, MostHops + 1).Select(hops => XmlRowPart.Below(hops, Fields))];
}

/// <param name="Fields">Those that may differ from the row before.</param>
/// <param name="Shared">The columns of all others, as bits; 0: there are none.</param>
internal sealed record XmlRowPart(XmlFieldPlan[] Fields, ulong Shared)
{
    public static XmlRowPart Below(int hops, XmlFieldPlan[] fields)
    {
        var shared = fields.Length > ColumnBits.Most ? [] : fields.Where(field => field.Places.Length > 0 && field.Places.All(place => place.Hops >= hops)).ToArray();
        return new([.. fields.Except(shared)], ColumnBits.Of(shared.Select(field => field.Column)));
    }
}

/// <param name="Requirements">On attributes, known when the element begins.</param>
/// <param name="Children">On child elements, known when the unit ends: anchors up from the row's own, and bits there.</param>
/// <param name="Record">Value of <c>$record</c>, UTF-8.</param>
internal sealed record XmlRowAlternative(XmlRequirement[] Requirements, (int Hops, uint Mask)[] Children, byte[] Record);

/// <summary>Where a column's value lies: the first of its places that is filled.</summary>
internal sealed record XmlFieldPlan(int Column, (int Hops, int Slot)[] Places);
