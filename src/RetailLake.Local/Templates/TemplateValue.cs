namespace RetailLake.Local.Templates;

/// <summary>One value of a template and where it stands. Short intrinsics (<c>!Ref</c>) are in their long form already.</summary>
public abstract record TemplateValue(string File, int Line)
{
    public string Where => $"'{File}' line {Line}";
}

/// <param name="Quoted">A quoted scalar is text even when it looks like a number or a truth value.</param>
public sealed record TemplateText(string Text, bool Quoted, string File, int Line) : TemplateValue(File, Line);

public sealed record TemplateList(IReadOnlyList<TemplateValue> Items, string File, int Line) : TemplateValue(File, Line);

public sealed record TemplateMap(IReadOnlyDictionary<string, TemplateValue> Entries, string File, int Line) : TemplateValue(File, Line)
{
    public TemplateValue? this[string key] => Entries.GetValueOrDefault(key);
}
