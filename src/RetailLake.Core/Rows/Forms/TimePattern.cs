using System.Text;
using RetailLake.Core.Contracts;

namespace RetailLake.Core.Rows.Forms;

/// <summary>One part of a pattern. <paramref name="Digits"/>: of a number or fraction. <paramref name="Text"/>: of a literal.</summary>
internal readonly record struct TimeToken(TimePart Part, int Digits, byte[] Text);

internal enum TimePart
{
    Literal,
    Year,
    Month,

    /// <summary><c>Jan</c> … <c>Dec</c>, in any case.</summary>
    MonthName,
    Day,
    Hour,
    Minute,
    Second,

    /// <summary>Exactly so many digits of a second's fraction.</summary>
    Fraction,

    /// <summary>A point and up to so many digits, or nothing; a seventh digit is dropped.</summary>
    OptionalFraction,

    /// <summary><c>+05:30</c></summary>
    Offset,

    /// <summary><c>Z</c>: UTC.</summary>
    Utc,

    /// <summary><c>Z</c>, <c>+05:30</c>, or nothing at the value's end: then it is the wall clock. What .NET calls <c>K</c>.</summary>
    OffsetOrUtc,
}

/// <summary>
/// Reads a pattern: <c>yyyy MM MMM dd HH mm ss f…fffffff .FFFFFFF zzz Z K</c>, text in single quotes, and any of <c>- / . : , _ T</c>, blank as themselves.
/// </summary>
internal static class TimePattern
{
    private const string Literals = "-/.:,;_ T";

    private static readonly Dictionary<string, TimePart> Parts = new(StringComparer.Ordinal)
    {
        ["yyyy"] = TimePart.Year,
        ["MM"] = TimePart.Month,
        ["MMM"] = TimePart.MonthName,
        ["dd"] = TimePart.Day,
        ["HH"] = TimePart.Hour,
        ["mm"] = TimePart.Minute,
        ["ss"] = TimePart.Second,
        ["zzz"] = TimePart.Offset,
        ["Z"] = TimePart.Utc,
        ["K"] = TimePart.OffsetOrUtc,
    };

    /// <returns>What is wrong with the pattern on such a column; null when nothing is.</returns>
    public static string? Problem(ColumnKind kind, string pattern)
    {
        if (kind is not (ColumnKind.Date or ColumnKind.Timestamp or ColumnKind.Time))
        {
            return $"the pattern '{pattern}' on a column of kind {kind}; dates, timestamps and times have patterns";
        }

        if (TryParse(pattern, out var tokens) is { } problem)
        {
            return $"the pattern '{pattern}'; {problem}";
        }

        var parts = tokens.Where(token => token.Part != TimePart.Literal).Select(token => Role(token.Part)).ToList();
        var needed = kind == ColumnKind.Time ? [TimePart.Hour, TimePart.Minute] : new[] { TimePart.Year, TimePart.Month, TimePart.Day };
        return parts.Count != parts.Distinct().Count() ? $"the pattern '{pattern}'; each part stands in it once"
            : needed.Except(parts).Any() ? $"the pattern '{pattern}'; a {kind.ToString().ToLowerInvariant()} needs {string.Join(", ", needed)}"
            : kind == ColumnKind.Time && parts.Intersect([TimePart.Year, TimePart.Month, TimePart.Day, TimePart.Offset]).Any() ? $"the pattern '{pattern}'; a time has no date and no offset"
            : kind == ColumnKind.Date && parts.Contains(TimePart.Offset) ? $"the pattern '{pattern}'; a date has no offset, which day it is would depend on the reader"
            : parts.Contains(TimePart.Fraction) && !parts.Contains(TimePart.Second) ? $"the pattern '{pattern}'; a fraction belongs to seconds"
            : null;
    }

    /// <returns>What is wrong; null when the tokens are good.</returns>
    public static string? TryParse(string pattern, out List<TimeToken> tokens)
    {
        tokens = [];
        for (var at = 0; at < pattern.Length;)
        {
            var (letter, run) = (pattern[at], RunLength(pattern, at));
            if (letter == '\'')
            {
                var end = pattern.IndexOf('\'', at + 1);
                if (end <= at + 1)
                {
                    return "text in single quotes has an end and is not empty";
                }

                // As text it would be skipped, and UTC be taken for the wall clock of the column's zone.
                if (pattern[(at + 1)..end] == "Z")
                {
                    return "UTC is written as Z without quotes";
                }

                tokens.Add(Literal(pattern[(at + 1)..end]));
                at = end + 1;
            }
            else if (letter == '.' && RunLength(pattern, at + 1) is var digits && digits is > 0 and <= 7 && pattern[at + 1] == 'F')
            {
                tokens.Add(new(TimePart.OptionalFraction, digits, []));
                at += 1 + digits;
            }
            else if (letter == 'f' && run <= 7)
            {
                tokens.Add(new(TimePart.Fraction, run, []));
                at += run;
            }
            else if (Literals.Contains(letter, StringComparison.Ordinal))
            {
                tokens.Add(Literal(pattern[at..(at + 1)]));
                at++;
            }
            else if (Parts.TryGetValue(pattern.Substring(at, run), out var part))
            {
                tokens.Add(new(part, run, []));
                at += run;
            }
            else
            {
                return letter == 'y' ? "years have four digits (yyyy)" : $"'{pattern.Substring(at, run)}' is no part of a pattern";
            }
        }

        return tokens.Count == 0 ? "it is empty" : null;
    }

    private static TimePart Role(TimePart part) => part switch
    {
        TimePart.MonthName => TimePart.Month,
        TimePart.OptionalFraction => TimePart.Fraction,
        TimePart.Utc or TimePart.OffsetOrUtc => TimePart.Offset,
        _ => part,
    };

    private static TimeToken Literal(string text) => new(TimePart.Literal, 0, Encoding.UTF8.GetBytes(text));

    private static int RunLength(string pattern, int at)
    {
        var end = at;
        while (end < pattern.Length && pattern[end] == pattern[at])
        {
            end++;
        }

        return end - at;
    }
}
