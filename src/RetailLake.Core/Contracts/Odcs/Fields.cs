using System.Text.RegularExpressions;

namespace RetailLake.Core.Contracts.Odcs;

/// <summary>The parts of the standard that occur in many places.</summary>
internal static partial class Fields
{
    public static readonly Shape Any = new AnyShape();
    public static readonly Shape Plain = new PlainShape();
    public static readonly Shape Text = new TextShape();
    public static readonly Shape Flag = new BooleanShape();
    public static readonly Shape Integer = new NumberShape(whole: true);
    public static readonly Shape Count = new NumberShape(whole: true, least: 0);
    public static readonly Shape Number = new NumberShape();
    public static readonly Shape Texts = new ListShape(() => Text);
    public static readonly Shape Anys = new ListShape(() => Any);
    public static readonly Shape Mapping = new ObjectShape("it", Of()) { IsOpen = true };
    public static readonly Shape Day = new TextShape { Format = "date" };
    public static readonly Shape Instant = new TextShape { Format = "date-time" };
    public static readonly Shape StableId = new TextShape { Pattern = (StableIdText(), "letters, digits, '-' and '_'") };

    public static readonly Shape CustomProperties = new ListShape(() => CustomProperty!);

    public static readonly Shape AuthoritativeDefinitions = new ListShape(() => Definition!);

    public static readonly Shape Roles = new ListShape(() => Role!);

    private static readonly Shape CustomProperty = new ObjectShape(
        "a custom property", Of(("id", StableId), ("property", Text), ("value", Any), ("description", Text)), "property", "value");

    private static readonly Shape Definition = new ObjectShape(
        "an authoritative definition", Of(("id", StableId), ("url", Text), ("type", Text), ("description", Text)), "url", "type");

    private static readonly Shape Role = new ObjectShape(
        "a role",
        Of(("id", StableId), ("role", Text), ("description", Text), ("access", Text), ("firstLevelApprovers", Text), ("secondLevelApprovers", Text), ("customProperties", CustomProperties)),
        "role");

    public static Shape OneOf(params string[] values) => new TextShape { OneOf = values };

    public static IReadOnlyDictionary<string, Shape> Of(params (string Key, Shape Shape)[] fields) =>
        fields.ToDictionary(field => field.Key, field => field.Shape, StringComparer.Ordinal);

    [GeneratedRegex(@"^[A-Za-z0-9_-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex StableIdText();
}
