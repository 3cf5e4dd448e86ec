using RetailLake.Core.Contracts;

namespace RetailLake.Sources.Xml.Plan;

/// <summary>
/// A contract's paths as one automaton over local names: every element is one step through a table. What no path mentions leads to <see cref="Dead"/>.
/// </summary>
internal sealed class XmlPlan
{
    public const int Dead = -1;

    /// <summary>The document itself, above its root element.</summary>
    public const int Document = 0;

    private readonly int[] transitions;
    private readonly Dictionary<string, int> symbols;

    public XmlPlan(XmlPlanNode[] nodes, Dictionary<string, int> symbols, XmlLayout layout)
    {
        (Nodes, this.symbols, Layout) = (nodes, symbols, layout);
        transitions = new int[nodes.Length * symbols.Count];
        Array.Fill(transitions, Dead);
        foreach (var node in nodes.Skip(1))
        {
            transitions[(node.Parent * symbols.Count) + node.Symbol] = node.Id;
        }
    }

    public XmlPlanNode[] Nodes { get; }

    public XmlLayout Layout { get; }

    /// <summary>The number of a local name that some path mentions, or -1.</summary>
    public int SymbolOf(string localName) => symbols.GetValueOrDefault(localName, -1);

    /// <param name="symbol">Not negative.</param>
    public int Next(int node, int symbol) => transitions[(node * symbols.Count) + symbol];
}
