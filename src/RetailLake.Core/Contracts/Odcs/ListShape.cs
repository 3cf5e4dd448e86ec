using RetailLake.Core.Contracts.Compile;
using RetailLake.Core.Contracts.Yaml;

namespace RetailLake.Core.Contracts.Odcs;

internal sealed class ListShape(Func<Shape> item, int least = 0, int most = int.MaxValue) : Shape
{
    /// <summary>Numbers that all differ.</summary>
    public bool Unique { get; init; }

    public override void Check(YamlNode node, string what, ProblemList problems)
    {
        if (node is not YamlList list)
        {
            Wrong(node, what, "a list", problems);
            return;
        }

        if (list.Items.Count < least || list.Items.Count > most)
        {
            Wrong(node, what, least == most ? $"a list of {least}" : $"a list of at least {least}", problems);
        }

        if (Unique && list.Items.Count > 1 && list.Items.Select(Value).Distinct().Count() < list.Items.Count)
        {
            Wrong(node, what, "a list without repeats", problems);
        }

        foreach (var entry in list.Items)
        {
            item().Check(entry, what, problems);
        }
    }

    private static object Value(YamlNode node) => node.Number() is { } number ? number : node.Text() is { } text ? text : node;
}
