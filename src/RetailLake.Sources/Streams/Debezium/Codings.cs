using RetailLake.Core.Contracts;

namespace RetailLake.Sources.Streams.Debezium;

/// <summary>A column's coding: what the event's schema says, or without one what follows from the column's type and the connector's settings in the contract.</summary>
internal static class Codings
{
    public static Coding Of(ContractColumn column, SchemaField? field, DebeziumEncoding settings) => field is null ? OfType(column.Type, settings) : OfField(column.Type, field, settings);

    /// <summary>Digits after the point: the schema's, or the declared type's.</summary>
    public static int Scale(ColumnType type, SchemaField? field) => field?.Scale
        ?? (type.Kind == ColumnKind.Decimal ? type.Scale : type.SourceType.IndexOf(',', StringComparison.Ordinal) is > 0 and var comma && type.SourceType.IndexOf(')', comma) is > 0 and var close
            && int.TryParse(type.SourceType.AsSpan(comma + 1, close - comma - 1), out var scale) ? scale : 0);

    private static Coding OfField(ColumnType type, SchemaField field, DebeziumEncoding settings)
    {
        var coding = field.Name switch
        {
            "io.debezium.time.Date" or "org.apache.kafka.connect.data.Date" => Coding.Days,
            "io.debezium.time.Timestamp" or "org.apache.kafka.connect.data.Timestamp" => Coding.EpochMillis,
            "io.debezium.time.MicroTimestamp" => Coding.EpochMicros,
            "io.debezium.time.NanoTimestamp" => Coding.EpochNanos,
            "io.debezium.time.Time" or "org.apache.kafka.connect.data.Time" => Coding.ClockMillis,
            "io.debezium.time.MicroTime" => Coding.ClockMicros,
            "io.debezium.time.NanoTime" => Coding.ClockNanos,
            "io.debezium.time.IsoDate" or "io.debezium.time.IsoTime" or "io.debezium.time.IsoTimestamp" => Coding.Iso,
            "io.debezium.time.ZonedTimestamp" => Coding.Zoned,
            "io.debezium.time.Year" => Coding.Plain,
            "org.apache.kafka.connect.data.Decimal" => Coding.UnscaledOrDigits,
            "io.debezium.data.Bits" => Coding.Bits,
            "io.debezium.data.Json" or "io.debezium.data.Enum" or "io.debezium.data.EnumSet" or "io.debezium.data.Xml" or "io.debezium.data.Uuid" => Coding.Text,
            null => OfPlainField(type, field.Type, settings),
            _ => Coding.Refused,
        };

        // A DATETIME in a column declared TIMESTAMP: its wall clock would silently be taken for UTC.
        return coding is Coding.EpochMillis or Coding.EpochMicros or Coding.EpochNanos && IsTimestamp(type) ? Coding.Refused : coding;
    }

    private static Coding OfPlainField(ColumnType type, string written, DebeziumEncoding settings) => written switch
    {
        "boolean" or "int8" or "int16" or "int32" or "int64" => Coding.Plain,
        "float" or "float32" or "float64" or "double" => type.Kind == ColumnKind.Double ? Coding.Plain : Coding.Refused,
        "bytes" => type.Kind == ColumnKind.Binary ? Coding.Base64 : Coding.Refused,
        // Binary mode "bytes" has a schema of bytes: a string proves that the connector writes another form than the contract says, and hex digits would pass for Base64.
        "string" => type.Kind == ColumnKind.Binary ? (settings.Binary == DebeziumBinary.Bytes ? Coding.Refused : OfBinary(settings.Binary)) : type.Kind is ColumnKind.Decimal or ColumnKind.Int32 or ColumnKind.Int64 ? Coding.Digits : Coding.Text,
        _ => Coding.Refused,
    };

    private static Coding OfType(ColumnType type, DebeziumEncoding settings) => type.Kind switch
    {
        _ when type.SourceType is "bit" or "bit(1)" => Coding.Plain,
        _ when Is(type, "bit") && type.Kind != ColumnKind.Boolean => Coding.Bits,
        _ when Is(type, "bigint") && type.Kind == ColumnKind.Decimal => Coding.PlainOrUnscaled,
        _ when Is(type, "time") => OfTime(type, settings.Times),
        _ when type.Kind == ColumnKind.Decimal || Is(type, "decimal") || Is(type, "numeric") || Is(type, "dec") || Is(type, "fixed") => settings.Decimals == DebeziumDecimals.Precise ? Coding.Unscaled : Coding.Digits,
        ColumnKind.Boolean or ColumnKind.Int32 or ColumnKind.Int64 or ColumnKind.Double => Coding.Plain,
        ColumnKind.Date => settings.Times == DebeziumTimes.Iso ? Coding.Iso : Coding.Days,
        ColumnKind.Timestamp => IsTimestamp(type) ? Coding.Zoned : OfDateTime(type, settings.Times),
        ColumnKind.Binary => OfBinary(settings.Binary),
        _ => Coding.Text,
    };

    private static Coding OfDateTime(ColumnType type, DebeziumTimes times) => times switch
    {
        DebeziumTimes.Iso => Coding.Iso,
        DebeziumTimes.Connect => Coding.EpochMillis,
        DebeziumTimes.Microseconds => Coding.EpochMicros,
        DebeziumTimes.Nanoseconds => Coding.EpochNanos,
        _ => type.Scale <= 3 ? Coding.EpochMillis : Coding.EpochMicros,
    };

    private static Coding OfTime(ColumnType type, DebeziumTimes times) => times switch
    {
        DebeziumTimes.Iso => Coding.Iso,
        DebeziumTimes.Connect => Coding.ClockMillis,
        DebeziumTimes.Nanoseconds => Coding.ClockNanos,
        DebeziumTimes.Adaptive when !type.SourceType.AsSpan().ContainsAny('4', '5', '6') => Coding.ClockMillis,
        _ => Coding.ClockMicros,
    };

    private static Coding OfBinary(DebeziumBinary binary) => binary switch
    {
        DebeziumBinary.Hex => Coding.Hex,
        DebeziumBinary.Base64UrlSafe => Coding.Base64Url,
        _ => Coding.Base64,
    };

    private static bool IsTimestamp(ColumnType type) => type.Kind == ColumnKind.Timestamp && type.SourceType.StartsWith("timestamp", StringComparison.Ordinal);

    private static bool Is(ColumnType type, string name) =>
        type.SourceType.StartsWith(name, StringComparison.Ordinal) && (type.SourceType.Length == name.Length || type.SourceType[name.Length] is '(' or ' ');
}
