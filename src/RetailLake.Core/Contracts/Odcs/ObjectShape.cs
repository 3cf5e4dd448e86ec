using RetailLake.Core.Contracts.Compile;
using RetailLake.Core.Contracts.Yaml;

namespace RetailLake.Core.Contracts.Odcs;

/// <summary>A mapping of known keys; the standard forbids others nearly everywhere.</summary>
internal sealed class ObjectShape(string name, IReadOnlyDictionary<string, Shape> fields, params string[] required) : Shape
{
    public bool IsOpen { get; init; }

    public override void Check(YamlNode node, string what, ProblemList problems) => Check(node, what, problems, null);

    /// <param name="more">Keys that the node's own values allow besides, e.g. by its type.</param>
    public void Check(YamlNode node, string what, ProblemList problems, IReadOnlyDictionary<string, Shape>? more)
    {
        if (node is not YamlMap map)
        {
            Wrong(node, what, $"{name} as a mapping", problems);
            return;
        }

        foreach (var key in required.Where(key => map[key] is null))
        {
            problems.Add(map, $"Found no '{key}' in {name}, expected it there.", $"Add '{key}:'.");
        }

        foreach (var (key, value) in map.Entries)
        {
            if (fields.TryGetValue(key.Text, out var shape) || (more is not null && more.TryGetValue(key.Text, out shape)))
            {
                shape.Check(value, $"'{key.Text}'", problems);
            }
            else if (!IsOpen)
            {
                problems.Add(key, $"Found the key {key.Shown} in {name}, expected one of {string.Join(", ", fields.Keys.Concat(more?.Keys ?? []))}.", "Correct the spelling, or remove it.");
            }
        }
    }
}
