using System.Globalization;
using System.Text.RegularExpressions;

namespace RetailLake.StatesLanguage.Values;

/// <summary>RFC 3339 as the States Language narrows it: upper-case T and Z, an offset or Z.</summary>
internal static partial class Timestamps
{
    public static bool TryRead(string text, out DateTimeOffset instant)
    {
        instant = default;
        return Shape().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out instant);
    }

    public static string Write(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$")]
    private static partial Regex Shape();
}
