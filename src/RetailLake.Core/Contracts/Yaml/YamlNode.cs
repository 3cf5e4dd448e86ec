namespace RetailLake.Core.Contracts.Yaml;

/// <summary>A node with its 1-based position. YAML's core schema decides what a plain scalar is.</summary>
internal abstract record YamlNode(int Line, int Column)
{
    /// <summary>What an error text calls it.</summary>
    public abstract string Shown { get; }
}

internal sealed record YamlScalar(int Line, int Column, string Text, ScalarKind Kind) : YamlNode(Line, Column)
{
    public override string Shown => Kind switch
    {
        ScalarKind.Null => "null",
        _ => $"'{Printable.Of(Text)}'",
    };
}

internal sealed record YamlList(int Line, int Column, IReadOnlyList<YamlNode> Items) : YamlNode(Line, Column)
{
    public override string Shown => $"a list of {Items.Count}";
}

internal sealed record YamlMap(int Line, int Column, IReadOnlyList<YamlEntry> Entries) : YamlNode(Line, Column)
{
    public override string Shown => "a mapping";

    public YamlNode? this[string key] => Entry(key)?.Value;

    public YamlEntry? Entry(string key) => Entries.FirstOrDefault(entry => entry.Key.Text == key);
}

internal sealed record YamlEntry(YamlScalar Key, YamlNode Value);

internal enum ScalarKind
{
    Text,
    Null,
    Boolean,
    Integer,
    Number,
}
