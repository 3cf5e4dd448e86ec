using System.Globalization;
using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Rows.Columns;

namespace RetailLake.Core.Rows.Rules;

/// <summary>The rules of one column, from the contract's words.</summary>
internal static class RuleCompiler
{
    public static bool ComparesColumns(ColumnRule rule) => rule.Kind is "atMost" or "atLeast";

    public static ValueRule Compile(ContractColumn column, ValueParser parser, ColumnRule rule)
    {
        try
        {
            return rule.Kind switch
            {
                "pattern" => new PatternRule(rule.Arg ?? throw Wrong(column, rule)),
                "minLength" => new LengthRule(Count(column, rule), int.MaxValue, $"at least {rule.Arg} characters"),
                "maxLength" => new LengthRule(0, Count(column, rule), $"at most {rule.Arg} characters"),
                "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum" => Bound(column, parser, rule),
                "values" => Values(column, parser, rule),
                "gstin" => new GstinRule(),
                "ean13" => new Ean13Rule(),
                "hsn" => new HsnRule(),
                "phone-in" => new PhoneRule(),
                "upi" => new UpiRule(),
                "pin-in" => new PinCodeRule(),
                _ => throw Wrong(column, rule),
            };
        }
        catch (Exception exception) when (exception is NotSupportedException or ArgumentException)
        {
            // The regular expression is malformed, or needs backtracking.
            throw Wrong(column, rule);
        }
    }

    public static ContractInvalidException Wrong(ContractColumn column, ColumnRule rule) => new(
        $"Found the rule '{rule.Kind}' with '{rule.Arg ?? string.Join(", ", rule.Values ?? [])}' on column '{column.Name}' of type {column.Type.Kind}; it cannot be applied there.",
        "Nothing was read.",
        "Correct the rule in the contract; 'lake contract check' names its line.");

    private static int Count(ContractColumn column, ColumnRule rule) =>
        int.TryParse(rule.Arg, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : throw Wrong(column, rule);

    private static ValueRule Bound(ContractColumn column, ValueParser parser, ColumnRule rule)
    {
        var words = rule.Kind switch
        {
            "minimum" => "at least",
            "maximum" => "at most",
            "exclusiveMinimum" => "more than",
            _ => "less than",
        };
        var expected = $"{words} {rule.Arg}";
        if (column.Type.Kind != ColumnKind.Double)
        {
            return Bounds.Range(column, parser, rule, expected) ?? throw Wrong(column, rule);
        }

        if (!double.TryParse(rule.Arg, NumberStyles.Float, CultureInfo.InvariantCulture, out var bound))
        {
            throw Wrong(column, rule);
        }

        return new DoubleRangeRule(
            rule.Kind switch
            {
                "minimum" => value => value >= bound,
                "maximum" => value => value <= bound,
                "exclusiveMinimum" => value => value > bound,
                _ => value => value < bound,
            },
            expected);
    }

    private static ValueRule Values(ContractColumn column, ValueParser parser, ColumnRule rule)
    {
        var values = rule.Values ?? throw Wrong(column, rule);
        var shown = string.Join(", ", values.Take(10).Select(value => $"'{value}'"));
        var expected = values.Count > 10 ? $"one of {values.Count} values: {shown}, …" : $"one of {shown}";
        return column.Type.Kind is ColumnKind.Text or ColumnKind.Json or ColumnKind.Binary or ColumnKind.Double
            ? new ValuesRule(values.Select(Encoding.UTF8.GetBytes), expected)
            : new NumberValuesRule(values.Select(Parsed), expected);

        Int128 Parsed(string value)
        {
            var cell = default(Cell);
            return parser.Parse(Encoding.UTF8.GetBytes(value), ref cell) is null ? cell.Wide : throw Wrong(column, rule);
        }
    }
}
