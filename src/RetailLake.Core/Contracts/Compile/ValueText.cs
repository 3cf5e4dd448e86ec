using System.Globalization;

namespace RetailLake.Core.Contracts.Compile;

/// <summary>Whether a value that a rule names is one that the column can have.</summary>
internal static class ValueText
{
    public static bool Reads(string text, ColumnType type) => type.Kind switch
    {
        ColumnKind.Int32 => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        ColumnKind.Int64 => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        ColumnKind.Decimal => IsDecimal(text, type),
        ColumnKind.Date => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        ColumnKind.Timestamp => IsTimestamp(text, type.Scale),
        ColumnKind.Time => IsTime(text, type.Scale),
        ColumnKind.Text => true,
        _ => false,
    };

    public static string Expected(ColumnType type) => type.Kind switch
    {
        ColumnKind.Int32 or ColumnKind.Int64 => "a whole number",
        ColumnKind.Decimal => $"a number of at most {type.Precision - type.Scale} digits before and {type.Scale} after the point",
        ColumnKind.Double => "a number",
        ColumnKind.Date => "a date, e.g. 2026-11-21",
        ColumnKind.Timestamp => $"a date, or a date and time on the source's clock, e.g. 2026-11-21T09:30:00, with at most {type.Scale} digits of a second's fraction",
        ColumnKind.Time => "a time of day, e.g. 09:30:00",
        ColumnKind.Text => "text",
        _ => "no such rule on this type",
    };

    private static bool IsDecimal(string text, ColumnType type)
    {
        if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _))
        {
            return false;
        }

        var parts = text.TrimStart('-', '+').Split('.');
        return parts[0].Length <= Math.Max(1, type.Precision - type.Scale) && (parts.Length == 1 || parts[1].Length <= type.Scale);
    }

    private static bool IsTimestamp(string text, int scale)
    {
        var parts = text.Split('T', ' ');
        return parts.Length <= 2 && Reads(parts[0], new(ColumnKind.Date, "")) && (parts.Length == 1 || IsTime(parts[1], scale));
    }

    private static bool IsTime(string text, int scale)
    {
        var parts = text.Split('.');
        return parts.Length <= 2
            && TimeOnly.TryParseExact(parts[0], "HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            && (parts.Length == 1 || (parts[1].Length >= 1 && parts[1].Length <= scale && parts[1].All(char.IsAsciiDigit)));
    }
}
