using System.Text.RegularExpressions;
using RetailLake.Core.Contracts.Compile;
using RetailLake.Core.Contracts.Yaml;
using static RetailLake.Core.Contracts.Odcs.Fields;

namespace RetailLake.Core.Contracts.Odcs;

/// <summary>A foreign key: a column's has only its target, a table's has both ends of the same form.</summary>
internal sealed partial class RelationshipShape : Shape
{
    public static readonly RelationshipShape OfTable = new(ofTable: true);
    public static readonly RelationshipShape OfColumn = new(ofTable: false);

    private static readonly Shape Reference = new TextShape { Pattern = (ReferenceText(), "'table.column' or a path of ids") };

    private static readonly Shape End = new ListOrShape(new ListShape(() => Reference, least: 1), Reference);

    private readonly bool ofTable;
    private readonly ObjectShape shape;

    private RelationshipShape(bool ofTable)
    {
        this.ofTable = ofTable;
        (string, Shape)[] both = [("type", OneOf("foreignKey")), ("to", new Deferred()), ("customProperties", CustomProperties)];
        shape = ofTable ? new("a table's relationship", Of([.. both, ("from", new Deferred())]), "from", "to") : new("a column's relationship", Of(both), "to");
    }

    public override void Check(YamlNode node, string what, ProblemList problems)
    {
        shape.Check(node, what, problems);
        if (ofTable && node is YamlMap map && map["from"] is { } from && map["to"] is { } to && from is YamlList != to is YamlList)
        {
            Wrong(to, "'to'", "the same form as 'from': both one column, or both lists", problems);
        }
    }

    [GeneratedRegex(
        @"^([A-Za-z_][A-Za-z0-9_]*\.[A-Za-z_][A-Za-z0-9_]*|((https?://)?[A-Za-z0-9._/-]+\.yaml#)?/?[A-Za-z_][A-Za-z0-9_]*/[A-Za-z0-9_-]+(/[A-Za-z_][A-Za-z0-9_]*/[A-Za-z0-9_-]+)*)\z",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex ReferenceText();

    /// <summary>Static fields are set in order, and this type's instances come first.</summary>
    private sealed class Deferred : Shape
    {
        public override void Check(YamlNode node, string what, ProblemList problems) => End.Check(node, what, problems);
    }
}
