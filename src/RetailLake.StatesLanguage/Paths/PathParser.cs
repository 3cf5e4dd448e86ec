using System.Globalization;

namespace RetailLake.StatesLanguage.Paths;

/// <summary>Reads a JSONPath from its text; every failure is a FormatException that says what was found where.</summary>
internal sealed class PathParser(string text)
{
    private readonly Cursor cursor = new(text);

    public static JsonPath Parse(string text)
    {
        var parser = new PathParser(text);
        var path = parser.ReadPath();
        if (!parser.cursor.AtEnd)
        {
            throw parser.cursor.Unexpected("a step: '.name', '[…]' or the end");
        }

        return path;
    }

    private JsonPath ReadPath()
    {
        cursor.Expect('$');
        if (cursor.Take('$'))
        {
            return new JsonPath(text, PathRoot.Context, null, Steps(cursor));
        }

        if (char.IsLetter(cursor.Peek) || cursor.Peek == '_')
        {
            var variable = cursor.Name();
            return new JsonPath(text, PathRoot.Variable, variable, Steps(cursor));
        }

        return new JsonPath(text, PathRoot.Input, null, Steps(cursor));
    }

    internal static List<PathStep> Steps(Cursor cursor)
    {
        var steps = new List<PathStep>();
        while (true)
        {
            if (cursor.Take('.'))
            {
                if (cursor.Take('.'))
                {
                    steps.Add(new DescendantStep());
                    if (cursor.Peek == '[')
                    {
                        continue;
                    }
                }

                steps.Add(cursor.Take('*') ? new WildcardStep() : new NameStep(cursor.Name()));
                if (cursor.Peek == '(')
                {
                    throw cursor.Unexpected("a step (path functions such as length() are not part of the States Language)");
                }
            }
            else if (cursor.Take('['))
            {
                steps.Add(Bracket(cursor));
            }
            else
            {
                return steps;
            }
        }
    }

    private static PathStep Bracket(Cursor cursor)
    {
        cursor.SkipSpaces();
        if (cursor.Take('?'))
        {
            var condition = new FilterParser(cursor).Read();
            cursor.SkipSpaces();
            cursor.Expect(']');
            return new FilterStep(condition);
        }

        if (cursor.Take('*'))
        {
            cursor.Expect(']');
            return new WildcardStep();
        }

        var parts = new List<PathStep>();
        do
        {
            cursor.SkipSpaces();
            parts.Add(cursor.Peek is '\'' or '"' ? new NameStep(cursor.Quoted()) : IndexOrSlice(cursor));
            cursor.SkipSpaces();
        }
        while (cursor.Take(','));
        cursor.Expect(']');
        return parts.Count == 1 ? parts[0] : new UnionStep(parts);
    }

    private static PathStep IndexOrSlice(Cursor cursor)
    {
        var from = cursor.TryWhole();
        if (!cursor.Take(':'))
        {
            return from is { } index ? new IndexStep(index) : throw cursor.Unexpected("an index, a slice, '*', a quoted name or '?('");
        }

        var to = cursor.TryWhole();
        var by = cursor.Take(':') ? cursor.TryWhole() ?? 1 : 1;
        return by > 0 ? new SliceStep(from, to, by) : throw new FormatException(
            string.Create(CultureInfo.InvariantCulture, $"Found slice step {by}; a slice steps forward by 1 or more."));
    }
}
