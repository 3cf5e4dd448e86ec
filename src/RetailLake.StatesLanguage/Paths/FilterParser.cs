using System.Text.Json.Nodes;

namespace RetailLake.StatesLanguage.Paths;

/// <summary>Reads the condition of a filter: or, and, not, comparisons, existence.</summary>
internal sealed class FilterParser(Cursor cursor)
{
    private static readonly string[] Operators = ["==", "!=", "<=", ">=", "<", ">"];

    public FilterTerm Read() => Primary();

    private FilterTerm Or()
    {
        var left = And();
        while (Symbol("||"))
        {
            left = new AnyOf(left, And());
        }

        return left;
    }

    private FilterTerm And()
    {
        var left = Primary();
        while (Symbol("&&"))
        {
            left = new AllOf(left, Primary());
        }

        return left;
    }

    private FilterTerm Primary()
    {
        cursor.SkipSpaces();
        if (cursor.Take('!'))
        {
            return new Negated(Primary());
        }

        if (cursor.Take('('))
        {
            var inner = Or();
            cursor.SkipSpaces();
            cursor.Expect(')');
            return inner;
        }

        var left = Operand();
        cursor.SkipSpaces();
        var symbol = Array.Find(Operators, cursor.Take);
        return symbol is null ? new Exists(left) : new Comparison(left, symbol, Operand());
    }

    private FilterOperand Operand()
    {
        cursor.SkipSpaces();
        if (cursor.Take('@'))
        {
            return new FilterOperand(null, PathParser.Steps(cursor), FromRoot: false);
        }

        if (cursor.Take('$'))
        {
            return new FilterOperand(null, PathParser.Steps(cursor), FromRoot: true);
        }

        if (cursor.Peek is '\'' or '"')
        {
            return new FilterOperand(JsonValue.Create(cursor.Quoted()), null, FromRoot: false);
        }

        var word = cursor.Until(" )&|=!<>]");
        try
        {
            return word.Length == 0
                ? throw cursor.Unexpected("'@', '$', a quoted string, a number, true, false or null")
                : new FilterOperand(JsonNode.Parse(word), null, FromRoot: false);
        }
        catch (System.Text.Json.JsonException)
        {
            throw cursor.Unexpected($"'@', '$', a quoted string, a number, true, false or null, found '{word}'");
        }
    }

    private bool Symbol(string symbol)
    {
        cursor.SkipSpaces();
        return cursor.Take(symbol);
    }
}
