using System.Text;

namespace RetailLake.Core.Contracts.Compile;

/// <summary>MySQL type and ODCS logical type to the lake's type.</summary>
internal static class ColumnTypes
{
    /// <summary>Hex doubles it, and must still fit a VARCHAR.</summary>
    private const int WidestBinary = ColumnType.WidestText / 2;

    private static readonly Refusal NoSuchLength = new("a length or precision that MySQL does not have", "Copy the type from SHOW COLUMNS");

    /// <returns>The type, or why there is none; the words complete "Found physicalType '…': …".</returns>
    public static (ColumnType? Type, Refusal? Refusal) Of(MySqlType source, string logical)
    {
        var type = new ColumnType(ColumnKind.Text, source.Text);
        return source.Name switch
        {
            "tinyint" or "bool" or "boolean" when logical == "boolean" => (type with { Kind = ColumnKind.Boolean }, null),
            "bit" when logical == "boolean" && First(source, 1) == 1 => (type with { Kind = ColumnKind.Boolean }, null),
            "tinyint" or "bool" or "boolean" or "smallint" or "mediumint" or "year" => Expect("integer", type with { Kind = ColumnKind.Int32 }),
            "int" or "integer" => Expect("integer", type with { Kind = source.IsUnsigned ? ColumnKind.Int64 : ColumnKind.Int32 }),
            "bigint" => Expect("integer", source.IsUnsigned ? Wide(type) : type with { Kind = ColumnKind.Int64 }),
            "bit" => First(source, 1) is < 1 or > 64 ? (null, NoSuchLength) : Expect("integer", First(source, 1) == 64 ? Wide(type) : type with { Kind = ColumnKind.Int64 }),
            "decimal" or "numeric" or "dec" or "fixed" => Number(source, logical, type),
            "float" or "double" or "real" => Expect("number", type with { Kind = ColumnKind.Double }),
            "date" => Expect("date", type with { Kind = ColumnKind.Date }),
            "datetime" or "timestamp" => First(source, 0) > 6 ? (null, NoSuchLength) : Expect("timestamp", type with { Kind = ColumnKind.Timestamp, Scale = First(source, 0) }),
            "time" when First(source, 0) > 6 => (null, NoSuchLength),
            "time" when logical == "string" => (type with { MaxBytes = "-838:59:59.000000".Length }, null),
            "time" => logical == "time" ? (type with { Kind = ColumnKind.Time, Scale = First(source, 0) }, null)
                : (null, new("it needs logicalType time (below 24 hours) or string (up to 838 hours, as MySQL writes it)", "Write 'logicalType: time' or 'logicalType: string'")),
            "char" => Characters(First(source, 1), 255),
            "varchar" => source.Arguments.Count == 0 ? (null, NoSuchLength) : Characters(First(source, 0), ColumnType.WidestText),
            "tinytext" => Expect("string", type with { MaxBytes = 255 }),
            "text" or "mediumtext" or "longtext" => Expect("string", type with { MaxBytes = ColumnType.WidestText }),
            "enum" or "set" => source.Values.Count == 0 ? (null, NoSuchLength) : Expect("string", type with { MaxBytes = BytesOfValues(source) }),
            "json" => Expect("string", type with { Kind = ColumnKind.Json, MaxBytes = ColumnType.WidestText }),
            "binary" => Bytes(First(source, 1)),
            "varbinary" => source.Arguments.Count == 0 ? (null, NoSuchLength) : Bytes(First(source, 0)),
            "tinyblob" => Bytes(255),
            "blob" or "mediumblob" or "longblob" => Bytes(WidestBinary),
            "uuid" or "inet4" or "inet6" => Expect("string", type with { MaxBytes = 45 }),
            "geometry" or "point" or "linestring" or "polygon" or "multipoint" or "multilinestring" or "multipolygon" or "geometrycollection" or "geomcollection" =>
                Expect("string", type with { MaxBytes = ColumnType.WidestText }),
            _ => (null, new("it is no MySQL type that is known here", "Copy the type from SHOW COLUMNS, e.g. varchar(120) or decimal(12,2)")),
        };

        (ColumnType?, Refusal?) Expect(string expected, ColumnType fitting) =>
            logical == expected ? (fitting, null) : (null, new($"it needs logicalType {expected}, found {logical}", $"Write 'logicalType: {expected}'"));

        (ColumnType?, Refusal?) Characters(int count, int most) => count < 0 || count > most
            ? (null, NoSuchLength)
            : Expect("string", type with { MaxBytes = (int)Math.Clamp((long)count * source.BytesPerCharacter, 1, ColumnType.WidestText) });

        (ColumnType?, Refusal?) Bytes(int count) => Expect("string", type with { Kind = ColumnKind.Binary, MaxBytes = Math.Clamp(count, 1, WidestBinary) });
    }

    private static (ColumnType?, Refusal?) Number(MySqlType source, string logical, ColumnType type)
    {
        var (precision, scale) = (First(source, 10), source.Arguments.Count > 1 ? source.Arguments[1] : 0);
        return (precision, scale, logical) switch
        {
            _ when precision is < 1 or > 65 || scale > 30 || scale > precision => (null, NoSuchLength),
            (_, _, "string") => (type with { MaxBytes = precision + 3 }, null),
            ( > 38, _, _) => (null, new("the warehouse has at most 38 digits", "Write 'logicalType: string', which keeps it exact as text")),
            (_, _, "number") => (type with { Kind = ColumnKind.Decimal, Precision = precision, Scale = scale }, null),
            (_, 0, "integer") => (type with { Kind = ColumnKind.Decimal, Precision = precision, Scale = 0 }, null),
            _ => (null, new($"it needs logicalType number (exact), found {logical}", "Write 'logicalType: number'")),
        };
    }

    private static ColumnType Wide(ColumnType type) => type with { Kind = ColumnKind.Decimal, Precision = 20, Scale = 0 };

    private static int First(MySqlType source, int absent) => source.Arguments.Count == 0 ? absent : source.Arguments[0];

    /// <summary>A set can hold all its values, with commas between.</summary>
    private static int BytesOfValues(MySqlType source)
    {
        var bytes = source.Values.Select(Encoding.UTF8.GetByteCount).ToList();
        return Math.Clamp(source.Name == "set" ? bytes.Sum() + bytes.Count - 1 : bytes.Max(), 1, ColumnType.WidestText);
    }
}
