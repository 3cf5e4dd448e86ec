using RetailLake.Core.Contracts;
using RetailLake.Core.Contracts.Paths;

namespace RetailLake.Sources.Streams.Json;

/// <summary>What of a record is wanted, compiled from the contract's paths: the members to note, and for each table where its columns' values are.</summary>
internal sealed class JsonPlan
{
    private JsonPlan(JsonScope root, IReadOnlyList<IReadOnlyList<JsonPlace[]>> places) => (Root, Places) = (root, places);

    public JsonScope Root { get; }

    /// <summary>By table and column: alternatives in order; none for what is no part of the value.</summary>
    public IReadOnlyList<IReadOnlyList<JsonPlace[]>> Places { get; }

    /// <param name="tables">Rows of the first are the records' own objects.</param>
    public static JsonPlan Build(IReadOnlyList<ContractTable> tables)
    {
        var root = new JsonScope(0);
        List<IReadOnlyList<JsonPlace[]>> places = [];
        for (var index = 0; index < tables.Count; index++)
        {
            var record = index == 0 ? [] : Path(tables[index].Record!).Steps;
            var (scope, _) = Reach(root, record, record.Count);
            scope.Table = index;
            places.Add([.. tables[index].Columns.Select(column => JsonFeedCheck.PathsOf(column).Select(path => Place(root, scope, Path(path))).ToArray())]);
        }

        return new(root, places);
    }

    private static JsonPlace Place(JsonScope root, JsonScope scope, JsonPath path)
    {
        var (owner, slot) = Reach(path.IsFromRoot ? root : scope, path.Steps, path.Steps.Count);
        return new(scope.Depth - owner.Depth, slot);
    }

    /// <returns>The scope that the steps end in, and the slot of the last one's value.</returns>
    private static (JsonScope Scope, int Slot) Reach(JsonScope scope, IReadOnlyList<JsonStep> steps, int count)
    {
        var (node, slot) = (scope.Node, -1);
        for (var index = 0; index < count; index++)
        {
            var member = node.Member(steps[index].Name, scope);
            slot = member.Slot;
            if (steps[index].IsArray)
            {
                scope = member.Elements ??= new JsonScope(scope.Depth + 1);
                node = scope.Node;
            }
            else if (index < count - 1)
            {
                node = member.Object ??= new JsonNode();
            }
        }

        return (scope, slot);
    }

    private static JsonPath Path(string text) => JsonPath.TryParse(text, out var path, out var problem) ? path : throw new ArgumentException($"'{text}' {problem}", nameof(text));
}

/// <param name="Hops">Arrays to leave from the row's frame.</param>
internal readonly record struct JsonPlace(int Hops, int Slot);
