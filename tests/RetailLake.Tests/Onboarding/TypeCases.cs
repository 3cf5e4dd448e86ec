namespace RetailLake.Tests.Onboarding;

/// <summary>One value of one column: what MariaDB is told, and what the warehouse must show, as text.</summary>
/// <param name="Expected">Null: NULL. Beginning with <c>!</c>: the row is rejected by that code.</param>
internal sealed record TypeCase(string Column, string Literal, string? Expected);

/// <summary>Every kind of MySQL column with the values that usually break pipelines. Each case is a row of its own.</summary>
internal static class TypeCases
{
    /// <summary>Column definition in MariaDB; the contract's column without its name, in YAML's flow form.</summary>
    public static readonly IReadOnlyDictionary<string, (string Source, string Contract)> Columns = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
    {
        ["day_null"] = ("DATE", "logicalType: date, physicalType: date, customProperties: [{ property: retaillake.zeroDate, value: null }]"),
        ["day"] = ("DATE", "logicalType: date, physicalType: date, customProperties: [{ property: retaillake.zeroDate, value: reject }]"),
        ["tiny"] = ("TINYINT UNSIGNED", "logicalType: integer, physicalType: tinyint unsigned"),
        ["whole"] = ("INT UNSIGNED", "logicalType: integer, physicalType: int unsigned"),
        ["long"] = ("BIGINT", "logicalType: integer, physicalType: bigint"),
        ["ulong"] = ("BIGINT UNSIGNED", "logicalType: integer, physicalType: bigint unsigned"),
        ["vast"] = ("DECIMAL(65,30)", "logicalType: string, physicalType: 'decimal(65,30)'"),
        ["exact"] = ("DECIMAL(38,10)", "logicalType: number, physicalType: 'decimal(38,10)'"),
        ["padded"] = ("INT(8) UNSIGNED ZEROFILL", "logicalType: integer, physicalType: int(8) unsigned zerofill"),
        ["flag"] = ("BIT(1)", "logicalType: boolean, physicalType: bit(1)"),
        ["bits"] = ("BIT(64)", "logicalType: integer, physicalType: bit(64)"),
        ["bool"] = ("TINYINT(1)", "logicalType: boolean, physicalType: tinyint(1)"),
        ["span"] = ("TIME(6)", "logicalType: string, physicalType: time(6)"),
        ["clock"] = ("TIME", "logicalType: time, physicalType: time"),
        ["doc"] = ("LONGTEXT", "logicalType: string, physicalType: json"),
        ["kind"] = ("ENUM('plain','with, comma','गेहूँ','it''s')", "logicalType: string, physicalType: \"enum('plain','with, comma','गेहूँ','it''s')\""),
        ["marks"] = ("SET('a','b','c')", "logicalType: string, physicalType: \"set('a','b','c')\""),
        ["raw"] = ("VARBINARY(256)", "logicalType: string, physicalType: varbinary(256)"),
        ["fixed"] = ("BINARY(4)", "logicalType: string, physicalType: binary(4)"),
        ["short"] = ("VARCHAR(8)", "logicalType: string, physicalType: varchar(8) character set ascii"),
        ["note"] = ("LONGTEXT", "logicalType: string, physicalType: longtext"),
        ["west"] = ("VARCHAR(20) CHARACTER SET latin1", "logicalType: string, physicalType: varchar(20) character set latin1"),
        ["wall"] = ("DATETIME", "logicalType: timestamp, physicalType: datetime, logicalTypeOptions: { defaultTimezone: Asia/Kolkata }"),
        ["berlin"] = ("DATETIME", "logicalType: timestamp, physicalType: datetime, logicalTypeOptions: { defaultTimezone: Europe/Berlin }"),
        ["utc"] = ("DATETIME(6)", "logicalType: timestamp, physicalType: datetime(6), logicalTypeOptions: { defaultTimezone: Etc/UTC }"),
        ["stamp"] = ("TIMESTAMP(6) NULL", "logicalType: timestamp, physicalType: timestamp(6)"),
        ["year"] = ("YEAR", "logicalType: integer, physicalType: year"),
        ["single"] = ("FLOAT", "logicalType: number, physicalType: float"),
        ["twice"] = ("DOUBLE", "logicalType: number, physicalType: double"),
        ["place"] = ("POINT", "logicalType: string, physicalType: point"),
    };

    private const string AllBytes =
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f" +
        "404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f" +
        "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebf" +
        "c0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff";

    public static readonly IReadOnlyList<TypeCase> All =
    [
        new("day_null", "'0000-00-00'", null), new("day", "'0000-00-00'", "!zero_date"), new("day", "'2026-00-10'", "!zero_date"),
        new("day", "'9999-12-31'", "9999-12-31"), new("day", "'1000-01-01'", "1000-01-01"), new("day", "'2024-02-29'", "2024-02-29"),
        new("tiny", "255", "255"), new("whole", "4294967295", "4294967295"), new("long", "-9223372036854775808", "-9223372036854775808"),
        new("ulong", "18446744073709551615", "18446744073709551615"), new("ulong", "0", "0"),
        new("vast", "'99999999999999999999999999999999999.999999999999999999999999999999'", "99999999999999999999999999999999999.999999999999999999999999999999"),
        new("vast", "'-0.000000000000000000000000000001'", "-0.000000000000000000000000000001"),
        new("exact", "'9999999999999999999999999999.9999999999'", "9999999999999999999999999999.9999999999"), new("exact", "'-0.0000000001'", "-0.0000000001"),
        new("padded", "42", "42"), new("flag", "b'1'", "true"), new("flag", "b'0'", "false"),
        new("bits", "18446744073709551615", "18446744073709551615"), new("bits", "0", "0"), new("bits", "1 << 63", "9223372036854775808"),
        new("bool", "1", "true"), new("bool", "2", "!type"),
        new("span", "'838:59:59.000000'", "838:59:59.000000"), new("span", "'-27:15:00.5'", "-27:15:00.500000"),
        new("clock", "'23:59:59'", "23:59:59"), new("clock", "'24:00:00'", "!type"), new("clock", "'-00:00:01'", "!type"),
        new("doc", """'{"a": [1, 2.50, "गेहूँ", null], "b": "\\"q\\""}'""", """{"a": [1, 2.50, "गेहूँ", null], "b": "\"q\""}"""), new("doc", "'{broken'", "!json"), new("doc", "''", "!json"),
        new("kind", "'with, comma'", "with, comma"), new("kind", "'गेहूँ'", "गेहूँ"), new("kind", "'it''s'", "it's"), new("kind", "'no member'", "!values"),
        new("marks", "'c,a'", "a,c"), new("marks", "''", ""),
        new("raw", $"X'{AllBytes}'", AllBytes), new("raw", "''", ""), new("fixed", "X'0a5c09'", "0a5c0900"),
        new("short", "'😀😀'", "😀😀"), new("short", "'गेह'", "!too_long_bytes"), new("short", "'कक12'", "कक12"), new("short", "'12345678'", "12345678"),
        new("note", "CONCAT(REPEAT('क', 21845))", $"#{3 * 21845}"), new("note", "CONCAT(REPEAT('क', 21845), 'x')", "!too_long_bytes"),
        new("note", "CONCAT(REPEAT('😀', 16383), 'abc')", "#65535"), new("note", "''", ""), new("note", "NULL", null),
        new("note", "'tab\\tnewline\\ncarriage\\rback\\\\slash \\\\N \"quote\" |pipe'", "tab\tnewline\ncarriage\rback\\slash \\N \"quote\" |pipe"), new("note", "'\\\\N'", "\\N"), new("note", "'a\\0b'", "!nul"),
        new("west", "'café €'", "café €"), new("west", "'naïve ÿ'", "naïve ÿ"),
        new("wall", "'2026-11-21 00:00:00'", "2026-11-20 18:30:00"), new("wall", "'0000-00-00 00:00:00'", "!zero_date"),
        new("berlin", "'2026-07-01 12:00:00'", "2026-07-01 10:00:00"), new("berlin", "'2026-03-29 02:30:00'", "!nonexistent_time"),
        new("utc", "'2026-11-21 23:59:59.999999'", "2026-11-21 23:59:59.999999"), new("utc", "'1000-01-01 00:00:00.000001'", "1000-01-01 00:00:00.000001"),
        new("stamp", "'2038-01-19 03:14:07.999999'", "2038-01-19 03:14:07.999999"), new("stamp", "'1970-01-01 00:00:01'", "1970-01-01 00:00:01"),
        new("year", "2155", "2155"), new("year", "1901", "1901"), new("year", "0", "0"),
        new("single", "3.4028234e38", "~"), new("single", "-1.17549e-38", "~"), new("single", "0.1", "~"), new("single", "16777217", "~"),
        new("twice", "1.7976931348623157e308", "~"), new("twice", "2.2250738585072014e-308", "~"), new("twice", "-0.1", "~"), new("twice", "1e0/3e0", "~"), new("twice", "9007199254740993", "~"),
        new("place", "ST_GeomFromText('POINT(77.5946 12.9716)')", "POINT(77.5946 12.9716)"),
    ];
}
