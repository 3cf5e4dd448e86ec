namespace RetailLake.Core.Contracts.Yaml;

/// <summary>Tolerant reading: absent and of another kind are both null, for the structural check has already said so.</summary>
internal static class YamlTree
{
    public static string? Text(this YamlNode? node) => node is YamlScalar { Kind: ScalarKind.Text } scalar ? scalar.Text : null;

    public static bool? Boolean(this YamlNode? node) =>
        node is YamlScalar { Kind: ScalarKind.Boolean } scalar ? scalar.Text.Equals("true", StringComparison.OrdinalIgnoreCase) : null;

    public static decimal? Number(this YamlNode? node) => node is YamlScalar scalar ? PlainScalar.Number(scalar) : null;

    public static long? Integer(this YamlNode? node) =>
        node.Number() is { } number && number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue ? (long)number : null;

    public static string? Text(this YamlNode? node, string key) => (node as YamlMap)?[key].Text();

    public static bool? Boolean(this YamlNode? node, string key) => (node as YamlMap)?[key].Boolean();

    public static long? Integer(this YamlNode? node, string key) => (node as YamlMap)?[key].Integer();

    public static IEnumerable<YamlNode> Items(this YamlNode? node) => node is YamlList list ? list.Items : [];

    public static IEnumerable<YamlNode> Items(this YamlNode? node, string key) => (node as YamlMap)?[key].Items() ?? [];

    public static IEnumerable<YamlMap> Maps(this YamlNode? node, string key) => node.Items(key).OfType<YamlMap>();
}
