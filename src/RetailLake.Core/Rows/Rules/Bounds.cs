using System.Globalization;
using System.Numerics;
using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Rows.Columns;

namespace RetailLake.Core.Rows.Rules;

/// <summary>Bounds of a rule as inclusive bounds over a cell: <c>minimum 0.005</c> on two digits of scale means at least 0.01.</summary>
internal static class Bounds
{
    public static ValueRule? Range(ContractColumn column, ValueParser parser, ColumnRule rule, string expected)
    {
        if (!TryBound(column, parser, rule.Arg ?? "", out var floor, out var exact))
        {
            return null;
        }

        var (minimum, maximum) = rule.Kind switch
        {
            "minimum" => (exact ? floor : floor + 1, Int128.MaxValue),
            "exclusiveMinimum" => (floor + 1, Int128.MaxValue),
            "maximum" => (Int128.MinValue, floor),
            _ => (Int128.MinValue, exact ? floor - 1 : floor),
        };
        return column.Type is { Kind: ColumnKind.Decimal, Precision: > 18 }
            ? new WideRangeRule(minimum, maximum, expected)
            : new RangeRule(minimum, maximum, expected);
    }

    /// <param name="floor">The largest cell value that is not above the bound.</param>
    /// <param name="exact">Whether the bound is that value.</param>
    private static bool TryBound(ContractColumn column, ValueParser parser, string text, out Int128 floor, out bool exact)
    {
        (floor, exact) = (0, true);
        if (column.Type.Kind is ColumnKind.Int32 or ColumnKind.Int64 or ColumnKind.Decimal)
        {
            return TryNumber(text, column.Type.Kind == ColumnKind.Decimal ? column.Type.Scale : 0, out floor, out exact);
        }

        if (column.Type.Kind is not (ColumnKind.Date or ColumnKind.Timestamp or ColumnKind.Time))
        {
            return false;
        }

        // A date bounds a timestamp from its midnight, on the source's wall clock like the values.
        var spelled = text.Replace('T', ' ');
        var cell = default(Cell);
        if (parser.Parse(Encoding.UTF8.GetBytes(column.Type.Kind == ColumnKind.Timestamp && spelled.Length == 10 ? spelled + " 00:00:00" : spelled), ref cell) is not null
            || cell.State != CellState.Value)
        {
            return false;
        }

        floor = cell.Wide;
        return true;
    }

    private static bool TryNumber(string text, int scale, out Int128 floor, out bool exact)
    {
        (floor, exact) = (0, true);
        var negative = text.StartsWith('-');
        var parts = (negative ? text[1..] : text).Split('.');
        if (parts.Length > 2 || parts.Any(part => part.Length is 0 or > 60 || !part.All(char.IsAsciiDigit)))
        {
            return false;
        }

        var fraction = parts.Length == 2 ? parts[1] : "";
        var kept = BigInteger.Parse(parts[0] + fraction.PadRight(scale, '0')[..scale], CultureInfo.InvariantCulture);
        exact = fraction.Length <= scale || fraction.AsSpan(scale).TrimEnd('0').IsEmpty;
        var value = negative ? -kept - (exact ? 0 : 1) : kept;

        // Far beyond any cell; one below the ends so that the rules' +1 and -1 stay inside.
        floor = (Int128)BigInteger.Clamp(value, (BigInteger)Int128.MinValue + 1, (BigInteger)Int128.MaxValue - 1);
        return true;
    }
}
