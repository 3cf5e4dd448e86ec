using System.Globalization;
using System.Text;

namespace RetailLake.Core.Contracts.Compile;

/// <summary>A MySQL column type, taken apart: <c>decimal(12,2) unsigned</c>, <c>enum('A','B')</c>, <c>char(15) character set ascii</c>.</summary>
/// <param name="Text">Normalised, lower case outside quotes, without character set and collation.</param>
/// <param name="BytesPerCharacter">UTF-8 bytes that one character of its set can need; 4 when the set is not stated.</param>
internal sealed record MySqlType(string Name, IReadOnlyList<int> Arguments, IReadOnlyList<string> Values, bool IsUnsigned, int BytesPerCharacter, string Text)
{
    public static MySqlType? Parse(string text)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        var head = (open < 0 ? text : text[..open]).Trim().ToLowerInvariant();
        var words = head.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || !words[0].All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character)))
        {
            return null;
        }

        var name = words is ["double", "precision", ..] ? "double" : words[0];
        var suffix = string.Join(' ', words.Skip(words is ["double", "precision", ..] ? 2 : 1));
        var (arguments, values, inside) = (new List<int>(), new List<string>(), "");
        if (open >= 0)
        {
            var at = open + 1;
            if (suffix.Length > 0 || !(name is "enum" or "set" ? TryValues(text, ref at, values) : TryNumbers(text, ref at, arguments)))
            {
                return null;
            }

            inside = name is "enum" or "set" ? $"({string.Join(',', values.Select(Quoted))})" : $"({string.Join(',', arguments)})";
            suffix = text[at..].Trim().ToLowerInvariant();
        }

        return OfParts(name, arguments, values, name + inside, suffix.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static MySqlType? OfParts(string name, List<int> arguments, List<string> values, string text, string[] suffix)
    {
        var (isUnsigned, bytes, at) = (false, 4, 0);
        while (at < suffix.Length)
        {
            switch (suffix[at])
            {
                case "unsigned" or "zerofill":
                    isUnsigned = true;
                    text += " " + suffix[at++];
                    break;
                case "signed":
                    at++;
                    break;
                case "charset" when at + 1 < suffix.Length:
                    bytes = BytesOf(suffix[at + 1]);
                    at += 2;
                    break;
                case "character" when at + 2 < suffix.Length && suffix[at + 1] == "set":
                    bytes = BytesOf(suffix[at + 2]);
                    at += 3;
                    break;
                case "collate" when at + 1 < suffix.Length:
                    at += 2;
                    break;
                default:
                    return null;
            }
        }

        return new(name, arguments, values, isUnsigned, bytes, text);
    }

    /// <summary>Latin1 is Windows-1252 to MySQL; its euro sign takes three bytes in UTF-8.</summary>
    private static int BytesOf(string characterSet) => characterSet switch
    {
        "ascii" => 1,
        "latin1" or "utf8" or "utf8mb3" or "ucs2" => 3,
        _ => 4,
    };

    private static bool TryNumbers(string text, ref int at, List<int> numbers)
    {
        var close = text.IndexOf(')', at);
        if (close < 0)
        {
            return false;
        }

        foreach (var part in text[at..close].Split(','))
        {
            if (!int.TryParse(part.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return false;
            }

            numbers.Add(number);
        }

        at = close + 1;
        return numbers.Count <= 2;
    }

    /// <summary>Quoted values; a quote inside is doubled, as information_schema has it.</summary>
    private static bool TryValues(string text, ref int at, List<string> values)
    {
        while (true)
        {
            Skip(text, ref at);
            if (at >= text.Length || text[at++] != '\'')
            {
                return false;
            }

            var value = new StringBuilder();
            while (at < text.Length && (text[at] != '\'' || (at + 1 < text.Length && text[at + 1] == '\'')))
            {
                at += text[at] == '\'' ? 1 : 0;
                value.Append(text[at++]);
            }

            values.Add(value.ToString());
            at++;
            Skip(text, ref at);
            if (at >= text.Length || text[at] is not (',' or ')'))
            {
                return false;
            }

            if (text[at++] == ')')
            {
                return values.Count <= 65_535;
            }
        }
    }

    private static void Skip(string text, ref int at)
    {
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }
    }

    private static string Quoted(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
}
