using RetailLake.Core.Contracts.Compile;
using RetailLake.Core.Contracts.Yaml;
using static RetailLake.Core.Contracts.Odcs.Fields;

namespace RetailLake.Core.Contracts.Odcs;

/// <summary>An entry of <c>properties</c>, or <c>items</c> of an array, which needs no name.</summary>
internal sealed class ColumnShape : Shape
{
    public static readonly ColumnShape Named = new("name");

    private static readonly ColumnShape Unnamed = new();

    private readonly ObjectShape shape;

    private ColumnShape(params string[] required) => shape = new(
        "a column",
        Of([
            .. TableShape.Element, ("primaryKey", Flag), ("primaryKeyPosition", Integer),
            ("logicalType", OneOf("string", "date", "timestamp", "time", "number", "integer", "object", "array", "boolean")), ("logicalTypeOptions", Mapping),
            ("physicalName", Text), ("required", Flag), ("unique", Flag), ("partitioned", Flag), ("partitionKeyPosition", Integer),
            ("classification", Text), ("encryptedName", Text), ("transformSourceObjects", Texts), ("transformLogic", Text), ("transformDescription", Text),
            ("examples", Anys), ("criticalDataElement", Flag), ("relationships", new ListShape(() => RelationshipShape.OfColumn)),
            ("quality", new ListShape(() => QualityShape.Instance)),
        ]),
        required);

    public override void Check(YamlNode node, string what, ProblemList problems)
    {
        var logicalType = node.Text("logicalType");
        shape.Check(node, what, problems, logicalType switch
        {
            "object" => Of(("properties", new ListShape(() => Named))),
            "array" => Of(("items", Unnamed)),

            // The schema's 'if' holds where the key is absent; such a column fails for want of a type later.
            null when node is YamlMap map && map["logicalType"] is null => Of(("properties", new ListShape(() => Named)), ("items", Unnamed)),
            _ => null,
        });
        if (node is not YamlMap column || column["logicalTypeOptions"] is not YamlMap options)
        {
            return;
        }

        if (logicalType is null && options.Entries.Count > 0)
        {
            Wrong(options, "'logicalTypeOptions'", "a 'logicalType' that has them", problems);
        }
        else if (logicalType is not null)
        {
            LogicalTypeOptions.Of(logicalType)?.Check(options, "'logicalTypeOptions'", problems);
        }
    }
}
