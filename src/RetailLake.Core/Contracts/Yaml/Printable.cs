using System.Text;

namespace RetailLake.Core.Contracts.Yaml;

/// <summary>Text of a hostile file as it may stand in an error line: short, and without control characters that would steer a terminal.</summary>
internal static class Printable
{
    private const int Longest = 80;

    public static string Of(string text, int longest = Longest)
    {
        var shown = new StringBuilder(Math.Min(text.Length, longest));
        foreach (var rune in text.EnumerateRunes())
        {
            if (shown.Length >= longest)
            {
                return shown.Append('…').ToString();
            }

            shown.Append(Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.Format ? "?" : rune.ToString());
        }

        return shown.ToString();
    }
}
