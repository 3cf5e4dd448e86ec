using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace RetailLake.Core.Rows.Rules;

/// <summary>
/// The pattern is searched in the value, as in JSON Schema; anchors make it whole. Without backtracking a hostile value costs linear time,
/// so look-around and back-references are refused when the contract is compiled.
/// </summary>
internal sealed class PatternRule(string pattern) : ValueRule(new RejectReason(RejectCode.Pattern, $"text that matches '{pattern}'"))
{
    private readonly Regex regex = new(WithStrictEnd(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    public override bool Holds(ReadOnlySpan<byte> text, in Columns.Cell cell)
    {
        if (text.Length <= 256)
        {
            Span<char> characters = stackalloc char[256];
            return regex.IsMatch(characters[..Encoding.UTF8.GetChars(text, characters)]);
        }

        var rented = ArrayPool<char>.Shared.Rent(text.Length);
        var matches = regex.IsMatch(rented.AsSpan(0, Encoding.UTF8.GetChars(text, rented)));
        ArrayPool<char>.Shared.Return(rented);
        return matches;
    }

    /// <summary>.NET's '$' also matches before a last line feed, so '^[0-9]+$' would let "12\n" pass.</summary>
    private static string WithStrictEnd(string pattern)
    {
        if (!pattern.EndsWith('$'))
        {
            return pattern;
        }

        var backslashes = pattern.AsSpan(0, pattern.Length - 1).Length - pattern.AsSpan(0, pattern.Length - 1).TrimEnd('\\').Length;
        return backslashes % 2 == 0 ? pattern[..^1] + "\\z" : pattern;
    }
}
