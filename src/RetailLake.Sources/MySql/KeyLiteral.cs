using System.Globalization;
using RetailLake.Core.Errors;

namespace RetailLake.Sources.MySql;

/// <summary>Bounds of slices: as text in a plan, and back as a literal that compares as the index is ordered.</summary>
internal static class KeyLiteral
{
    /// <summary>Choices sort by member number but compare as text; floating keys have no exact text; a bound of a personal key would put a person into the plan.</summary>
    public static bool CanCut(SourceColumn column) => !column.Contract.Personal && column.Type.Family is
        TypeFamily.Integer or TypeFamily.Decimal or TypeFamily.Text or TypeFamily.Binary or TypeFamily.Date or TypeFamily.DateTime
        or TypeFamily.Timestamp or TypeFamily.Time or TypeFamily.Year or TypeFamily.Bit or TypeFamily.Rendered;

    /// <summary>SQL that gives the bound's text for a key expression.</summary>
    public static string TextOf(SourceColumn column, string expression) => column.Type.Family switch
    {
        TypeFamily.Binary => $"HEX({expression})",
        TypeFamily.Bit => $"CAST(CAST({expression} AS UNSIGNED) AS CHAR)",
        TypeFamily.Text => $"CONVERT({expression} USING utf8mb4)",
        TypeFamily.Integer or TypeFamily.Decimal => $"CAST({expression} + 0 AS CHAR)",
        _ => $"CAST({expression} AS CHAR)",
    };

    /// <summary>The bound as SQL, and the parameter it needs if it is text.</summary>
    public static (string Sql, (string Name, object Value)[] Parameters) Of(SourceColumn column, string text, string parameter) => column.Type.Family switch
    {
        TypeFamily.Integer or TypeFamily.Decimal or TypeFamily.Year or TypeFamily.Bit when IsNumber(text) => (text, []),
        TypeFamily.Binary when text.All(char.IsAsciiHexDigit) && text.Length % 2 == 0 => ($"X'{text}'", []),
        TypeFamily.Text or TypeFamily.Date or TypeFamily.DateTime or TypeFamily.Timestamp or TypeFamily.Time or TypeFamily.Rendered => (parameter, [(parameter, text)]),
        _ => throw new SourceSchemaException(
            $"Found the slice bound '{text}' for key column '{column.Contract.SourceName}', which is {column.TypeText} now.",
            "Nothing was read of the slice.",
            "The key's type changed after the plan; start again with 'lake rerun'."),
    };

    private static bool IsNumber(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);
}
