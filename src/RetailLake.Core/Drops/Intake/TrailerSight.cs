using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using RetailLake.Core.Contracts;

namespace RetailLake.Core.Drops.Intake;

/// <summary>Whether a drop's last bytes show its trailer or end tag. Only a yes is certain: compressed drops show nothing, and what a trailer says is checked when the drop is read.</summary>
internal static class TrailerSight
{
    private const char Substitute = '\u001A';

    public static bool IsSeen(DropSpec spec, ReadOnlySpan<byte> tail)
    {
        if (spec.Compression != DropCompression.None)
        {
            return false;
        }

        // Names of records and elements are ASCII; without its zero bytes UTF-16 reads alike.
        var text = Encoding.Latin1.GetString(tail).Replace("\0", "", StringComparison.Ordinal);
        return spec switch
        {
            { Xml: { } xml } => HasEndTag(text, xml.Unit.Split('/', StringSplitOptions.RemoveEmptyEntries)[0]),
            { Records: { Trailer: { } trailer } records } => TypeOf(spec, records.At, LastRecord(spec, text)) == trailer,

            // Its contract is not right, and reading says so.
            _ => true,
        };
    }

    private static bool HasEndTag(string text, string root) =>
        Regex.IsMatch(text, $@"</([^<>\s:]+:)?{Regex.Escape(root)}\s*>\s*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    /// <returns>Null when the last line has no end yet.</returns>
    private static string? LastRecord(DropSpec spec, string text)
    {
        if (spec.SubstitutesEof)
        {
            text = text.TrimEnd(Substitute);
        }

        if (spec.Fixed is { RecordLength: > 0 and var length })
        {
            return text.Length >= length ? text[^length..] : null;
        }

        return text is [.., '\n' or '\r'] ? text.TrimEnd('\r', '\n').Split('\n', '\r')[^1] : null;
    }

    private static string? TypeOf(DropSpec spec, string at, string? record)
    {
        var bounds = at.Split('-').Select(bound => int.TryParse(bound, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).ToArray();
        if (record is null || bounds.Any(bound => bound == 0))
        {
            return null;
        }

        if (spec.Delimited is { } layout)
        {
            return record.Split(layout.Delimiter).ElementAtOrDefault(bounds[0] - 1)?.Trim(layout.Quote ?? ' ');
        }

        return bounds[^1] <= record.Length ? record[(bounds[0] - 1)..bounds[^1]] : null;
    }
}
