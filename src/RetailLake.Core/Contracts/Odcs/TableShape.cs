using static RetailLake.Core.Contracts.Odcs.Fields;

namespace RetailLake.Core.Contracts.Odcs;

/// <summary>An entry of <c>schema</c>.</summary>
internal static class TableShape
{
    /// <summary>What tables and columns have in common.</summary>
    public static readonly (string, Shape)[] Element =
    [
        ("id", StableId), ("name", Text), ("physicalType", Text), ("description", Text), ("businessName", Text),
        ("authoritativeDefinitions", AuthoritativeDefinitions), ("tags", Texts), ("customProperties", CustomProperties),
    ];

    public static readonly Shape Instance = new ObjectShape(
        "a table",
        Of([
            .. Element, ("logicalType", OneOf("object")), ("physicalName", Text), ("dataGranularityDescription", Text),
            ("properties", new ListShape(() => ColumnShape.Named)), ("relationships", new ListShape(() => RelationshipShape.OfTable)),
            ("quality", new ListShape(() => QualityShape.Instance)),
        ]),
        "name");
}
