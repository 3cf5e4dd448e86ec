namespace RetailLake.Local.Templates;

/// <summary>What the intrinsics of one stack can refer to.</summary>
public sealed class StackScope(string name, TemplateMap template, IReadOnlyDictionary<string, TemplateValue> arguments)
{
    public string Name { get; } = name;

    public TemplateMap Template { get; } = template;

    /// <summary>Ref and attributes of what runs here; everything else gets a made-up local name.</summary>
    public Dictionary<string, LocalReference> References { get; } = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, TemplateValue> Arguments { get; } = arguments;

    public TemplateMap? Section(string section) => Template[section] as TemplateMap;
}

/// <param name="Attributes">GetAtt values; <c>Outputs.X</c> for nested stacks.</param>
public sealed record LocalReference(string Ref, IReadOnlyDictionary<string, string> Attributes);
