using RetailLake.Core.Contracts;
using RetailLake.Core.Contracts.Paths;
using RetailLake.Core.Errors;

namespace RetailLake.Sources.Xml.Plan;

/// <summary>Compiles a contract's paths.</summary>
internal sealed class XmlPlanBuilder
{
    private readonly List<XmlNodeDraft> nodes = [new(XmlPlan.Document, null, "")];
    private readonly Dictionary<string, int> symbols = [];

    private XmlPlanBuilder()
    {
    }

    public static XmlPlan Build(Contract contract)
    {
        var problems = XmlFeedCheck.Problems(contract.Drop!, contract.Tables);
        if (problems is [var first, ..])
        {
            throw Refused($"in contract '{contract.Id}'{(first.Table is null ? "" : $" table '{first.Table}'")}{(first.Column is null ? "" : $" column '{first.Column}'")}: {first.Problem}");
        }

        var builder = new XmlPlanBuilder();
        var layout = contract.Drop!.Xml!;
        _ = XmlPath.TryParseUnit(layout.Unit, out var unit, out _);
        builder.Walk(builder.nodes[0], unit.Steps, []).IsUnit = true;
        for (var table = 0; table < contract.Tables.Count; table++)
        {
            builder.AddTable(contract.Tables[table], table);
        }

        return new XmlPlan([.. builder.nodes.Select(node => node.Finish(builder.SymbolOf))], builder.symbols, layout);
    }

    internal static NotSupportedByLakeException Refused(string found) => new(
        $"Found {found}.", "No drop was read.", "Correct the contract; 'lake contract check' shows all problems at once.");

    private void AddTable(ContractTable table, int index)
    {
        _ = XmlPath.TryParseRecord(table.Record!, out var records, out _);
        foreach (var record in records)
        {
            var requirements = new List<XmlRequirement>();
            var node = Walk(nodes[0], record.Steps, requirements);
            var row = node.Rows.Find(row => row.Table == index);
            if (row is null)
            {
                node.Rows.Add(row = new RowDraft(index));
                AddFields(table, row, record, node);
            }

            row.Alternatives.Add(([.. requirements], Children(record, node), RecordName(record)));
        }
    }

    private void AddFields(ContractTable table, RowDraft row, XmlPath record, XmlNodeDraft node)
    {
        for (var column = 0; column < table.Columns.Count; column++)
        {
            var places = new List<(XmlNodeDraft Anchor, int Slot)>();
            foreach (var text in XmlFeedCheck.PathsOf(table.Columns[column]))
            {
                _ = XmlPath.TryParse(text, out var path, out _);
                if (path.UpFrom(record) is { } up)
                {
                    places.Add(Place(node, up, path));
                }
            }

            row.Fields.Add((column, places));
        }
    }

    private (XmlNodeDraft Anchor, int Slot) Place(XmlNodeDraft node, int up, XmlPath path)
    {
        var anchor = node;
        for (; up > 0; up--)
        {
            anchor = anchor.Parent!;
        }

        var slot = anchor.Slot((path with { Up = 0, Ancestor = null }).ToString(), out var isNew);
        if (isNew)
        {
            var requirements = new List<XmlRequirement>();
            var target = Walk(anchor, path.Steps, requirements);
            var captures = path.Attribute is null ? target.Texts : target.Attribute(path.Attribute).Captures;
            captures.Add(new XmlCapture(anchor.Depth, slot, [.. requirements]));
        }

        return (anchor, slot);
    }

    private XmlNodeDraft Walk(XmlNodeDraft from, IReadOnlyList<XmlStep> steps, List<XmlRequirement> requirements)
    {
        var node = from;
        foreach (var step in steps)
        {
            node = Child(node, step.Name);
            var mask = 0u;
            foreach (var condition in step.Conditions.Where(condition => condition.OnAttribute))
            {
                mask |= node.Test(condition.Name, condition.Value);
            }

            if (mask != 0)
            {
                requirements.Add(new XmlRequirement(node.Depth, mask));
            }
        }

        return node;
    }

    private (XmlNodeDraft Anchor, uint Bit)[] Children(XmlPath record, XmlNodeDraft last)
    {
        var found = new List<(XmlNodeDraft Anchor, uint Bit)>();
        var node = last;
        for (var depth = record.Steps.Count; depth > 0; depth--, node = node.Parent!)
        {
            foreach (var condition in record.Steps[depth - 1].Conditions.Where(condition => !condition.OnAttribute))
            {
                found.Add((node, node.Child(Child(node, condition.Name))));
            }
        }

        return [.. found];
    }

    private static string RecordName(XmlPath record) =>
        record.Steps[^1].Conditions.FirstOrDefault(condition => !condition.OnAttribute)?.Name ?? record.Steps[^1].Name;

    private XmlNodeDraft Child(XmlNodeDraft parent, string name)
    {
        var child = nodes.Find(node => node.Parent == parent && node.Name == name);
        if (child is null)
        {
            nodes.Add(child = new XmlNodeDraft(nodes.Count, parent, name));
        }

        return child;
    }

    private int SymbolOf(string name)
    {
        if (!symbols.TryGetValue(name, out var symbol))
        {
            symbols[name] = symbol = symbols.Count;
        }

        return symbol;
    }
}
