using System.Globalization;
using System.Text;

namespace RetailLake.Core.Drops.Intake;

/// <summary>A sender's name as it may stand in a log line or on a terminal: short, and without what would steer either.</summary>
public static class Shown
{
    private const int Longest = 120;

    public static string Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var shown = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            if (shown.Length >= Longest)
            {
                return shown.Append('…').ToString();
            }

            _ = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
                ? shown.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}")
                : shown.Append(rune);
        }

        return shown.ToString();
    }
}
