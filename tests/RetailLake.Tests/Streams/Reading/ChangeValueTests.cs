namespace RetailLake.Tests.Streams.Reading;

/// <summary>Every encoding that Debezium's MySQL connector has, with its edge values: exact, or refused.</summary>
public sealed class ChangeValueTests
{
    private const string Money = "logicalType: number, physicalType: 'decimal(12,2)'";
    private const string Wide = "logicalType: string, physicalType: 'decimal(65,30)'";
    private const string Clock = "logicalTypeOptions: { defaultTimezone: Asia/Kolkata }";

    /// <summary>Type, settings, JSON, the lake's text or <c>!</c> and the reason's code.</summary>
    public static TheoryData<string, string, string, string> WithoutSchema => new()
    {
        // DECIMAL: precise (values computed with Java's BigDecimal in mind: unscaled, big-endian, two's complement).
        { Money, "", "\"MDk=\"", "123.45" }, { Money, "", "\"z8c=\"", "-123.45" }, { Money, "", "\"AIA=\"", "1.28" }, { Money, "", "\"AdTA\"", "1200.00" }, { Money, "", "\"A+c=\"", "9.99" },
        { Money, "", "\"AA==\"", "0.00" }, { Money, "", "\"/w==\"", "-0.01" }, { Money, "", "\"BQ==\"", "0.05" }, { Money, "", "\"gA==\"", "-1.28" }, { Money, "", "\"\"", "!type" },
        { Money, "", "\"no-base64!\"", "!type" }, { Money, "", "12.5", "!type" }, { Money, "", "\"f\\/\\/\\/\"", "83886.07" }, { Money, "", "true", "!type" }, { Money, "", "{\"scale\":2,\"value\":\"MDk=\"}", "!type" },
        { "logicalType: number, physicalType: 'decimal(38,2)'", "", "\"gAAAAAAAAAAAAAAAAAAAAA==\"", "!range" },
        { "logicalType: number, physicalType: 'decimal(38,0)'", "", "\"SztMqFqGxHoJiiI//////w==\"", "99999999999999999999999999999999999999" },
        { Wide, "", "\"AQAAAAAAAAAAAAAAAAAAAAAAAAA=\"", "5708990770823839.524233143877797980545530986496" }, { Wide, "", "\"/wAAAAAAAAAAAAAAAAAAAAAAAAA=\"", "-5708990770823839.524233143877797980545530986496" },

        // DECIMAL: string and numeric; double is nowhere exact.
        { Money, ", decimals: string", "\"123.45\"", "123.45" }, { Money, ", decimals: string", "\"1E+2\"", "!type" }, { Money, ", decimals: numeric", "123.450", "123.450" },
        { Money, ", decimals: numeric", "1.2E+2", "120" }, { Money, ", decimals: numeric", "123.455", "!scale" }, { Wide, ", decimals: numeric", "1.50", "1.50" },

        // Integers, flags, years.
        { "logicalType: integer, physicalType: tinyint", "", "-128", "-128" }, { "logicalType: integer, physicalType: tinyint(1)", "", "true", "1" }, { "logicalType: boolean, physicalType: tinyint(1)", "", "false", "0" },
        { "logicalType: boolean, physicalType: tinyint(1)", "", "1", "1" }, { "logicalType: boolean, physicalType: bit(1)", "", "true", "1" }, { "logicalType: integer, physicalType: bit(1)", "", "true", "1" }, { "logicalType: integer, physicalType: bit", "", "false", "0" }, { "logicalType: boolean, physicalType: tinyint(1)", "", "2", "!type" },
        { "logicalType: integer, physicalType: int", "", "true", "!type" }, { "logicalType: integer, physicalType: int", "", "\"7\"", "!type" }, { "logicalType: integer, physicalType: int", "", "2147483648", "!range" },
        { "logicalType: integer, physicalType: int unsigned", "", "4294967295", "4294967295" }, { "logicalType: integer, physicalType: bigint", "", "-9223372036854775808", "-9223372036854775808" },
        { "logicalType: integer, physicalType: bigint unsigned", "", "-1", "!range" }, { "logicalType: integer, physicalType: bigint unsigned", "", "9223372036854775807", "9223372036854775807" },
        { "logicalType: integer, physicalType: bigint unsigned", "", "\"AP//////////\"", "18446744073709551615" }, { "logicalType: integer, physicalType: year", "", "2155", "2155" },
        { "logicalType: number, physicalType: double", "", "1.5E-7", "1.5E-7" }, { "logicalType: number, physicalType: double", "", "\"NaN\"", "!type" },

        // BIT(n): little-endian.
        { "logicalType: integer, physicalType: bit(12)", "", "\"AQI=\"", "513" }, { "logicalType: integer, physicalType: bit(64)", "", "\"//////////8=\"", "18446744073709551615" },
        { "logicalType: integer, physicalType: bit(8)", "", "\"\"", "0" }, { "logicalType: integer, physicalType: bit(8)", "", "5", "!type" },

        // DATE.
        { "logicalType: date, physicalType: date", "", "17702", "2018-06-20" }, { "logicalType: date, physicalType: date", "", "-354285", "1000-01-01" }, { "logicalType: date, physicalType: date", "", "2932896", "9999-12-31" },
        { "logicalType: date, physicalType: date", "", "2932897", "!type" }, { "logicalType: date, physicalType: date", "", "\"2018-06-20\"", "!type" }, { "logicalType: date, physicalType: date", ", times: iso", "\"2018-06-20Z\"", "2018-06-20" },
        { "logicalType: date, physicalType: date", "", "1.5", "!type" }, { "logicalType: date, physicalType: date", "", "99999999999999999999", "!type" },

        // DATETIME: the wall clock as if it were UTC, in units that follow from its digits.
        { $"logicalType: timestamp, physicalType: datetime, {Clock}", "", "1529507596000", "2018-06-20 15:13:16" }, { $"logicalType: timestamp, physicalType: datetime(3), {Clock}", "", "1529507596945", "2018-06-20 15:13:16.945000" },
        { $"logicalType: timestamp, physicalType: datetime(6), {Clock}", "", "1529507596945104", "2018-06-20 15:13:16.945104" }, { $"logicalType: timestamp, physicalType: datetime(6), {Clock}", ", times: connect", "1529507596945", "2018-06-20 15:13:16.945000" },
        { $"logicalType: timestamp, physicalType: datetime, {Clock}", ", times: microseconds", "1529507596000000", "2018-06-20 15:13:16" }, { $"logicalType: timestamp, physicalType: datetime(6), {Clock}", ", times: nanoseconds", "1529507596945104000", "2018-06-20 15:13:16.945104" },
        { $"logicalType: timestamp, physicalType: datetime(6), {Clock}", ", times: nanoseconds", "1529507596945104001", "!type" }, { $"logicalType: timestamp, physicalType: datetime(6), {Clock}", ", times: iso", "\"2018-06-20T15:13:16.945104Z\"", "2018-06-20 15:13:16.945104" },
        { $"logicalType: timestamp, physicalType: datetime(6), {Clock}", "", "-1", "1969-12-31 23:59:59.999999" }, { $"logicalType: timestamp, physicalType: datetime, {Clock}", "", "9223372036854775807", "!type" },
        { $"logicalType: timestamp, physicalType: datetime, {Clock}", "", "\"2018-06-20\"", "!type" }, { $"logicalType: timestamp, physicalType: datetime, {Clock}", "", "1529507596945", "!scale" },

        // TIMESTAMP: an instant.
        { "logicalType: timestamp, physicalType: timestamp(6)", "", "\"2018-06-20T13:37:03.123456Z\"", "2018-06-20 13:37:03.123456" }, { "logicalType: timestamp, physicalType: timestamp", "", "\"2018-06-20T13:37:03+05:30\"", "2018-06-20 08:07:03" },
        { "logicalType: timestamp, physicalType: timestamp", "", "1529507596000", "!type" }, { "logicalType: timestamp, physicalType: timestamp", "", "\"yesterday\"", "!format" },

        // TIME: a span, also negative and beyond a day.
        { "logicalType: time, physicalType: time(6)", "", "47533123456", "13:12:13.123456" }, { "logicalType: time, physicalType: time", ", times: adaptive", "47533000", "13:12:13" }, { "logicalType: time, physicalType: time(4)", ", times: adaptive", "47533000000", "13:12:13" },
        { "logicalType: time, physicalType: time", ", times: connect", "47533000", "13:12:13" }, { "logicalType: time, physicalType: time(6)", ", times: nanoseconds", "47533123456000", "13:12:13.123456" }, { "logicalType: time, physicalType: time", ", times: iso", "\"13:12:13Z\"", "13:12:13" },
        { "logicalType: string, physicalType: time", "", "-3020399000000", "-838:59:59" }, { "logicalType: string, physicalType: time", "", "3020399000000", "838:59:59" }, { "logicalType: time, physicalType: time", "", "3020399000000", "!type" },
        { "logicalType: string, physicalType: time", "", "3020400000000", "!type" }, { "logicalType: string, physicalType: time", ", times: connect", "9223372036854775807", "!type" },

        // Text of all kinds.
        { "logicalType: string, physicalType: varchar(40)", "", "\"a\\u20b9\\\"\"", "a₹\"" }, { "logicalType: string, physicalType: varchar(40)", "", "12", "!type" }, { "logicalType: string, physicalType: varchar(40)", "", "\"\\udc00\"", "!utf8" },
        { "logicalType: string, physicalType: varchar(40)", "", "\"__debezium_unavailable_value\"", "!event" }, { "logicalType: string, physicalType: \"enum('A','B')\"", "", "\"B\"", "B" }, { "logicalType: string, physicalType: \"enum('A','B')\"", "", "\"C\"", "!values" },
        { "logicalType: string, physicalType: \"set('A','B')\"", "", "\"A,B\"", "A,B" }, { "logicalType: string, physicalType: json", "", "\"{\\\"a\\\": 1}\"", "{\"a\": 1}" }, { "logicalType: string, physicalType: json", "", "\"no\"", "!json" },
        { "logicalType: string, physicalType: json", "", "{\"a\":1}", "!type" }, { "logicalType: string, physicalType: point", "", "{\"wkb\":\"AQ==\"}", "!type" },

        // BINARY and BLOB.
        { "logicalType: string, physicalType: varbinary(9)", "", "\"QUJD\"", "ABC" }, { "logicalType: string, physicalType: varbinary(9)", ", binary: base64", "\"QUJD\"", "ABC" }, { "logicalType: string, physicalType: varbinary(9)", ", binary: base64-url-safe", "\"Pz8_\"", "???" },
        { "logicalType: string, physicalType: varbinary(9)", "", "\"Pz8_\"", "!type" }, { "logicalType: string, physicalType: varbinary(9)", ", binary: hex", "\"414243\"", "ABC" }, { "logicalType: string, physicalType: varbinary(9)", ", binary: hex", "\"41424\"", "!type" },
        { "logicalType: string, physicalType: varbinary(9)", "", "7", "!type" },
    };

    /// <summary>Type, settings of a contract that says otherwise, the schema's field, JSON, text or <c>!</c> and code.</summary>
    public static TheoryData<string, string, string, string> WithSchema => new()
    {
        { Money, Named("bytes", "org.apache.kafka.connect.data.Decimal", "3"), "\"AeJA\"", "123.456!scale" }, { Money, Named("bytes", "org.apache.kafka.connect.data.Decimal", "1"), "\"MDk=\"", "1234.5" },
        { Money, Named("bytes", "org.apache.kafka.connect.data.Decimal", "2"), "123.45", "123.45" }, { Money, "\"type\":\"string\"", "\"123.45\"", "123.45" }, { Money, "\"type\":\"double\"", "123.45", "!type" },
        { Money, Named("struct", "io.debezium.data.VariableScaleDecimal"), "{\"scale\":1,\"value\":\"AQ==\"}", "!type" }, { "logicalType: number, physicalType: double", "\"type\":\"double\"", "1.25", "1.25" },
        { "logicalType: date, physicalType: date", Named("int32", "io.debezium.time.Date"), "17702", "2018-06-20" }, { "logicalType: date, physicalType: date", Named("int32", "org.apache.kafka.connect.data.Date"), "17702", "2018-06-20" },
        { "logicalType: date, physicalType: date", Named("string", "io.debezium.time.IsoDate"), "\"2018-06-20Z\"", "2018-06-20" },
        { $"logicalType: timestamp, physicalType: datetime(6), {Clock}", Named("int64", "io.debezium.time.Timestamp"), "1529507596945", "2018-06-20 15:13:16.945000" }, { $"logicalType: timestamp, physicalType: datetime, {Clock}", Named("int64", "io.debezium.time.MicroTimestamp"), "1529507596000000", "2018-06-20 15:13:16" },
        { $"logicalType: timestamp, physicalType: datetime, {Clock}", Named("int64", "io.debezium.time.NanoTimestamp"), "1529507596000000000", "2018-06-20 15:13:16" }, { $"logicalType: timestamp, physicalType: datetime, {Clock}", Named("int64", "org.apache.kafka.connect.data.Timestamp"), "1529507596000", "2018-06-20 15:13:16" },
        { $"logicalType: timestamp, physicalType: datetime, {Clock}", Named("string", "io.debezium.time.IsoTimestamp"), "\"2018-06-20T15:13:16Z\"", "2018-06-20 15:13:16" }, { $"logicalType: timestamp, physicalType: datetime, {Clock}", Named("string", "io.debezium.time.ZonedTimestamp"), "\"2018-06-20T09:43:16Z\"", "2018-06-20 15:13:16" },
        { "logicalType: timestamp, physicalType: timestamp", Named("string", "io.debezium.time.ZonedTimestamp"), "\"2018-06-20T13:37:03Z\"", "2018-06-20 13:37:03" }, { "logicalType: timestamp, physicalType: timestamp", Named("int64", "io.debezium.time.Timestamp"), "1529507596000", "!type" },
        { "logicalType: time, physicalType: time", Named("int32", "io.debezium.time.Time"), "47533000", "13:12:13" }, { "logicalType: time, physicalType: time", Named("int64", "io.debezium.time.MicroTime"), "47533000000", "13:12:13" },
        { "logicalType: time, physicalType: time", Named("int64", "io.debezium.time.NanoTime"), "47533000000000", "13:12:13" }, { "logicalType: time, physicalType: time", Named("int32", "org.apache.kafka.connect.data.Time"), "47533000", "13:12:13" }, { "logicalType: time, physicalType: time", Named("string", "io.debezium.time.IsoTime"), "\"13:12:13Z\"", "13:12:13" },
        { "logicalType: integer, physicalType: year", Named("int32", "io.debezium.time.Year"), "2018", "2018" }, { "logicalType: integer, physicalType: bit(12)", Named("bytes", "io.debezium.data.Bits"), "\"AQI=\"", "513" }, { "logicalType: boolean, physicalType: bit(1)", "\"type\":\"boolean\"", "true", "1" },
        { "logicalType: boolean, physicalType: tinyint(1)", "\"type\":\"int16\"", "1", "1" }, { "logicalType: integer, physicalType: bigint unsigned", Named("bytes", "org.apache.kafka.connect.data.Decimal", "0"), "\"AP//////////\"", "18446744073709551615" },
        { "logicalType: string, physicalType: \"enum('A','B')\"", Named("string", "io.debezium.data.Enum"), "\"A\"", "A" }, { "logicalType: string, physicalType: \"set('A','B')\"", Named("string", "io.debezium.data.EnumSet"), "\"A,B\"", "A,B" }, { "logicalType: string, physicalType: json", Named("string", "io.debezium.data.Json"), "\"[1]\"", "[1]" },
        { "logicalType: string, physicalType: varbinary(9)", "\"type\":\"bytes\"", "\"QUJD\"", "ABC" }, { "logicalType: string, physicalType: varbinary(9)", "\"type\":\"string\"", "\"414243AB\"", "!type" },
        { "logicalType: integer, physicalType: bit(1)", "\"type\":\"boolean\"", "true", "1" }, { "logicalType: string, physicalType: varchar(9)", "\"type\":\"bytes\"", "\"QUJD\"", "!type" }, { "logicalType: string, physicalType: varchar(9)", Named("string", "somebody.else.Type"), "\"x\"", "!type" },
        { "logicalType: string, physicalType: point", Named("struct", "io.debezium.data.geometry.Point"), "{\"wkb\":\"AQ==\"}", "!type" }, { "logicalType: string, physicalType: varchar(9)", "\"type\":\"int32\"", "5", "!type" },
    };

    [Theory]
    [MemberData(nameof(WithoutSchema))]
    public void ValueWithoutSchema_IsExactOrRefused(string type, string settings, string json, string expected) =>
        Judge(StreamRows.Read(ChangeFeed.OfType(type, settings), ChangeFeed.Of, ChangeFeed.Record(ChangeFeed.Created(json))).Single(), expected);

    [Theory]
    [MemberData(nameof(WithSchema))]
    public void ValueWithSchema_IsExactOrRefused(string type, string field, string json, string expected) =>
        Judge(StreamRows.Read(ChangeFeed.OfType(type), ChangeFeed.Of, ChangeFeed.Record(ChangeFeed.WithSchema(field, json))).Single(), expected);

    [Theory]
    [InlineData("null")]
    [InlineData("null,\"w\":5")]
    public void Null_IsNullInEveryType(string json)
    {
        foreach (var row in WithoutSchema)
        {
            var type = row.Data.Item1;
            Judge(StreamRows.Read(ChangeFeed.OfType(type), ChangeFeed.Of, ChangeFeed.Record(ChangeFeed.Created(json))).Single(), "(null)");
        }
    }

    private static void Judge(StreamRow row, string expected)
    {
        var (text, code) = expected.Split('!', 2) is [var left, var right] ? (left, right) : (expected, null);
        row.Refusal.Should().BeNull();
        row.Reasons.Should().Equal(code is null ? [] : [$"v: {code}"]);
        if (text.Length > 0)
        {
            (row["v"] ?? "(null)").Should().Be(text);
        }
    }

    private static string Named(string type, string name, string? scale = null) => $"\"type\":\"{type}\",\"name\":\"{name}\"{(scale is null ? "" : $",\"parameters\":{{\"scale\":\"{scale}\"}}")}";
}
