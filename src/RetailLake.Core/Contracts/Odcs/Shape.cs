using RetailLake.Core.Contracts.Compile;
using RetailLake.Core.Contracts.Yaml;

namespace RetailLake.Core.Contracts.Odcs;

/// <summary>What the standard's JSON Schema allows at one place.</summary>
internal abstract class Shape
{
    /// <param name="what">What the node is called in an error, e.g. <c>'logicalType'</c>.</param>
    public abstract void Check(YamlNode node, string what, ProblemList problems);

    protected static void Wrong(YamlNode node, string what, string expected, ProblemList problems) =>
        problems.Add(node, $"Found {node.Shown} for {what}, expected {expected}.", "Correct it; docs/contracts.md says what is expected.");
}

/// <summary>Anything; where the standard leaves it open.</summary>
internal sealed class AnyShape : Shape
{
    public override void Check(YamlNode node, string what, ProblemList problems)
    {
        // Nothing is wrong here by definition.
    }
}

/// <summary>Text, a number, a boolean or null.</summary>
internal sealed class PlainShape : Shape
{
    public override void Check(YamlNode node, string what, ProblemList problems)
    {
        if (node is not YamlScalar)
        {
            Wrong(node, what, "a single value", problems);
        }
    }
}

internal sealed class BooleanShape : Shape
{
    public override void Check(YamlNode node, string what, ProblemList problems)
    {
        if (node is not YamlScalar { Kind: ScalarKind.Boolean })
        {
            Wrong(node, what, "true or false", problems);
        }
    }
}

/// <summary>The first shape when the node is a list, else the second.</summary>
internal sealed class ListOrShape(Shape list, Shape other) : Shape
{
    public override void Check(YamlNode node, string what, ProblemList problems) => (node is YamlList ? list : other).Check(node, what, problems);
}
