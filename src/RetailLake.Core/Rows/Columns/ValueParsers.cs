using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;

namespace RetailLake.Core.Rows.Columns;

internal static class ValueParsers
{
    public static ValueParser For(ContractColumn column)
    {
        var type = column.Type;
        var maxBytes = type.MaxBytes is > 0 and <= ColumnType.WidestText ? type.MaxBytes : ColumnType.WidestText;
        return type.Kind switch
        {
            ColumnKind.Boolean => new BooleanParser(IsBit(column)),
            ColumnKind.Int32 => new IntegerParser(int.MinValue, int.MaxValue),
            ColumnKind.Int64 => new IntegerParser(long.MinValue, long.MaxValue),
            ColumnKind.Decimal when type.Precision is >= 1 and <= 38 && type.Scale >= 0 && type.Scale <= type.Precision =>
                new DecimalParser(type.Precision, type.Scale),
            ColumnKind.Double => new DoubleParser(),
            ColumnKind.Date => new DateParser(column.ZeroDate),
            ColumnKind.Timestamp => new TimestampParser(type, column.ZeroDate),
            ColumnKind.Time => new TimeParser(type.Scale),
            ColumnKind.Text => new TextParser(maxBytes),
            ColumnKind.Json => new JsonParser(maxBytes),
            ColumnKind.Binary => new BinaryParser(Math.Min(maxBytes, ColumnType.WidestText / 2)),
            _ => throw new ContractInvalidException(
                $"Found the type '{type.SourceType}' ({type.Kind}, precision {type.Precision}, scale {type.Scale}) on column '{column.Name}'; decimals have 1 to 38 digits.",
                "Nothing was read.",
                "Correct the column's type in the contract."),
        };
    }

    /// <summary>Columns of a database have no place in a document.</summary>
    private static bool IsBit(ContractColumn column) => column.From is null && column.Type.SourceType is "bit" or "bit(1)";
}
