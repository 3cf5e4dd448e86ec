using System.Globalization;
using System.Text.RegularExpressions;

namespace RetailLake.Core.Contracts.Yaml;

/// <summary>
/// YAML 1.2's core schema for plain scalars. What YAML 1.1 readers (PyYAML, hence datacontract-cli) take for something else is refused:
/// a contract must not mean two things.
/// </summary>
internal static partial class PlainScalar
{
    public static ScalarKind KindOf(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => ScalarKind.Null,
        "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => ScalarKind.Boolean,
        _ when Whole().IsMatch(text) => ScalarKind.Integer,
        _ when Fractional().IsMatch(text) => ScalarKind.Number,
        _ => ScalarKind.Text,
    };

    /// <returns>What another reader takes the text for, or null.</returns>
    public static string? AlsoReadAs(string text) => text switch
    {
        _ when YesNo().IsMatch(text) => "a boolean",
        _ when LeadingZero().IsMatch(text) => "an octal number, or a number without its leading zero",
        _ when OtherNumber().IsMatch(text) => "a number",
        _ => null,
    };

    public static decimal? Number(YamlScalar scalar) =>
        scalar.Kind is ScalarKind.Integer or ScalarKind.Number
        && decimal.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"^[-+]?[0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Whole();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Fractional();

    [GeneratedRegex(@"^(yes|no|on|off)\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex YesNo();

    [GeneratedRegex(@"^[-+]?0[0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex LeadingZero();

    [GeneratedRegex(@"^[-+]?(0x[0-9a-f]+|0o[0-7]+|0b[01]+|[0-9]+(_[0-9]+)+|[0-9]+(:[0-5]?[0-9])+(\.[0-9]*)?|\.(inf|nan))\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex OtherNumber();
}
