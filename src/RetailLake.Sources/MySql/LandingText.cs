using RetailLake.Core.Errors;

namespace RetailLake.Sources.MySql;

/// <summary>A column as text bytes that lose nothing: the server renders, the client copies.</summary>
/// <remarks>
/// CAST AS BINARY marks the result as bytes, so that neither side converts. What needs more:
/// FLOAT prints 6 digits, as DOUBLE it prints all it holds; BIT would come as raw bytes; zero-filled numbers as padded text;
/// UUID and INET as their 16 stored bytes; text of another character set must become UTF-8 while it still is text.
/// </remarks>
internal static class LandingText
{
    public static string Of(SourceColumn column, string alias = "t")
    {
        var name = $"{alias}.{column.Quoted}";
        return $"CAST({Rendered(column, name)} AS BINARY)";
    }

    private static string Rendered(SourceColumn column, string name) => column.Type.Family switch
    {
        TypeFamily.Floating when column.Type.Size == 4 => $"{name} * 1e0",
        TypeFamily.Floating => name,
        TypeFamily.Bit => $"CAST({name} AS UNSIGNED)",
        TypeFamily.Geometry => $"ST_AsText({name})",
        TypeFamily.Rendered => $"CAST({name} AS CHAR)",
        TypeFamily.Text or TypeFamily.Choice or TypeFamily.Json => column.CharSet is "utf8mb4" or "utf8mb3" or "utf8" or "ascii" ? name : $"CONVERT({name} USING utf8mb4)",
        TypeFamily.Integer or TypeFamily.Decimal when column.Type.ZeroFill => $"{name} + 0",
        TypeFamily.Unknown => throw new NotSupportedByLakeException(
            $"Found column '{column.Contract.SourceName}' of type '{column.TypeText}'; it has no lossless text here.",
            "Nothing was read.",
            "Leave the column out of the contract."),
        _ => name,
    };
}
