using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RetailLake.StatesLanguage.Paths;

namespace RetailLake.StatesLanguage.Expressions;

/// <summary>Reads `$.path`, `$$.path`, `$variable` or `States.Function(…)`; a FormatException says what was found.</summary>
internal sealed class ExpressionParser
{
    private readonly string text;
    private int index;

    private ExpressionParser(string text) => this.text = text;

    public static Expression Parse(string text)
    {
        if (text.StartsWith('$'))
        {
            return new PathExpression(PathParser.Parse(text));
        }

        if (!text.StartsWith("States.", StringComparison.Ordinal))
        {
            throw new FormatException(
                $"Found '{text}', expected a path that starts with '$' or an intrinsic function such as States.Format(…).");
        }

        var parser = new ExpressionParser(text);
        var call = parser.Call(depth: 1);
        parser.SkipSpaces();
        return parser.index == text.Length ? call : throw parser.Unexpected("the end");
    }

    private IntrinsicExpression Call(int depth)
    {
        // AWS: "you can nest up to 10 intrinsic functions".
        if (depth > 10)
        {
            throw new FormatException($"Found intrinsic functions nested over 10 deep in '{text}', expected at most 10.");
        }

        var from = index;
        while (index < text.Length && (char.IsAsciiLetterOrDigit(text[index]) || text[index] == '.'))
        {
            index++;
        }

        var name = text[from..index];
        if (!IntrinsicFunction.All.TryGetValue(name, out var function))
        {
            throw new FormatException($"Found function '{name}' in '{text}', "
                + $"expected one of {string.Join(", ", IntrinsicFunction.All.Keys.Order(StringComparer.Ordinal))}.");
        }

        var arguments = Arguments(depth);
        return arguments.Count >= function.Fewest && arguments.Count <= function.Most
            ? new IntrinsicExpression(text[from..index], function, arguments)
            : throw new FormatException($"Found {arguments.Count} arguments in '{text[from..index]}', expected {Expected(function)}.");
    }

    private static string Expected(IntrinsicFunction function) =>
        function.Most == function.Fewest ? $"{function.Fewest}"
        : function.Most == int.MaxValue ? $"{function.Fewest} or more"
        : $"{function.Fewest} to {function.Most}";

    private List<Expression> Arguments(int depth)
    {
        var arguments = new List<Expression>();
        Expect('(');
        SkipSpaces();
        if (Take(')'))
        {
            return arguments;
        }

        do
        {
            SkipSpaces();
            arguments.Add(Argument(depth));
            SkipSpaces();
        }
        while (Take(','));
        Expect(')');
        return arguments;
    }

    private Expression Argument(int depth)
    {
        if (index < text.Length && text[index] == '\'')
        {
            return new LiteralExpression(JsonValue.Create(Quoted()));
        }

        if (string.CompareOrdinal(text, index, "States.", 0, 7) == 0)
        {
            return Call(depth + 1);
        }

        var word = Word();
        if (word.StartsWith('$'))
        {
            return new PathExpression(PathParser.Parse(word));
        }

        try
        {
            return new LiteralExpression(JsonNode.Parse(word));
        }
        catch (JsonException)
        {
            throw new FormatException($"Found '{word}' in '{text}', expected a path, a number, true, false, null, "
                + "a string in single quotes or a function.");
        }
    }

    /// <summary>The text up to the comma or bracket that ends an argument; a path's own brackets and quotes are part of it.</summary>
    private string Word()
    {
        var from = index;
        var depth = 0;
        while (index < text.Length && (depth > 0 || (text[index] != ',' && text[index] != ')')))
        {
            depth += text[index] switch { '[' or '(' => 1, ']' or ')' => -1, _ => 0 };
            index++;
        }

        return text[from..index].Trim();
    }

    // States.Format keeps its escapes (\{ and \}) until it has found its {}.
    private string Quoted()
    {
        var value = new StringBuilder();
        index++;
        while (index < text.Length && text[index] != '\'')
        {
            if (text[index] == '\\' && index + 1 < text.Length)
            {
                if (text[index + 1] is '{' or '}' or '\\')
                {
                    value.Append('\\');
                }

                index++;
            }

            value.Append(text[index++]);
        }

        Expect('\'');
        return value.ToString();
    }

    private bool Take(char expected)
    {
        if (index >= text.Length || text[index] != expected)
        {
            return false;
        }

        index++;
        return true;
    }

    private void Expect(char expected)
    {
        if (!Take(expected))
        {
            throw Unexpected($"'{expected}'");
        }
    }

    private void SkipSpaces()
    {
        while (index < text.Length && char.IsWhiteSpace(text[index]))
        {
            index++;
        }
    }

    private FormatException Unexpected(string expected) =>
        new($"Found {(index < text.Length ? $"'{text[index]}'" : "the end")} at index {index} of '{text}', expected {expected}.");
}
