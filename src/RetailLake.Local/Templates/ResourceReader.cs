using System.Globalization;

namespace RetailLake.Local.Templates;

/// <summary>One resource's properties, with the template's Globals beneath them.</summary>
internal sealed class ResourceReader(string logicalId, TemplateMap resource, TemplateMap? globals, Intrinsics intrinsics)
{
    public string LogicalId { get; } = logicalId;

    public string Where => resource.Where;

    public string Type => resource["Type"] is TemplateText type ? type.Text : throw new TemplateRefusedException(
        $"Found no Type on resource '{LogicalId}' in {Where}.", "Name its type.");

    public bool IsWanted => resource["Condition"] is not TemplateText condition || intrinsics.Holds(condition.Text, condition);

    public IReadOnlyDictionary<string, TemplateValue> Map(string property) => Map(Raw(property));

    public static IReadOnlyDictionary<string, TemplateValue> Map(TemplateValue? value) =>
        (value as TemplateMap)?.Entries ?? new Dictionary<string, TemplateValue>(StringComparer.Ordinal);

    public TemplateValue? Raw(string property) => (resource["Properties"] as TemplateMap)?[property] ?? globals?[property];

    public TemplateValue? RawGlobal(string property) => globals?[property];

    public string? Text(string property) => Raw(property) is { } value && intrinsics.Evaluate(value) is TemplateText text ? text.Text : null;

    public string RequiredText(string property) => Text(property) ?? throw new TemplateRefusedException(
        $"Found no text for '{property}' of '{LogicalId}' in {Where}.", $"Set {property}.");

    public int Number(string property, int otherwise, int least = 0) => Text(property) is not { } text ? otherwise
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least ? number
        : throw new TemplateRefusedException($"Found '{text}' as {property} of '{LogicalId}' in {Raw(property)!.Where}; a whole number was expected.", "Correct it.");
}
