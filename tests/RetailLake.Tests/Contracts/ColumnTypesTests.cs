using RetailLake.Core.Contracts;

namespace RetailLake.Tests.Contracts;

/// <summary>MySQL's types to the lake's.</summary>
public sealed class ColumnTypesTests
{
    [Theory]
    [InlineData("integer", "tinyint", ColumnKind.Int32, 0, 0, 0)]
    [InlineData("boolean", "tinyint(1)", ColumnKind.Boolean, 0, 0, 0)]
    [InlineData("integer", "tinyint(1)", ColumnKind.Int32, 0, 0, 0)]
    [InlineData("integer", "smallint(5) unsigned zerofill", ColumnKind.Int32, 0, 0, 0)]
    [InlineData("integer", "INT(11)", ColumnKind.Int32, 0, 0, 0)]
    [InlineData("integer", "int unsigned", ColumnKind.Int64, 0, 0, 0)]
    [InlineData("integer", "bigint", ColumnKind.Int64, 0, 0, 0)]
    [InlineData("integer", "bigint(20) unsigned", ColumnKind.Decimal, 20, 0, 0)]
    [InlineData("integer", "year", ColumnKind.Int32, 0, 0, 0)]
    [InlineData("integer", "bit(8)", ColumnKind.Int64, 0, 0, 0)]
    [InlineData("integer", "bit(64)", ColumnKind.Decimal, 20, 0, 0)]
    [InlineData("boolean", "bit(1)", ColumnKind.Boolean, 0, 0, 0)]
    [InlineData("number", "decimal(38,10)", ColumnKind.Decimal, 38, 10, 0)]
    [InlineData("number", "decimal", ColumnKind.Decimal, 10, 0, 0)]
    [InlineData("string", "decimal(65,30)", ColumnKind.Text, 0, 0, 68)]
    [InlineData("number", "float", ColumnKind.Double, 0, 0, 0)]
    [InlineData("number", "double precision", ColumnKind.Double, 0, 0, 0)]
    [InlineData("number", "double(10,2)", ColumnKind.Double, 0, 0, 0)]
    [InlineData("date", "date", ColumnKind.Date, 0, 0, 0)]
    [InlineData("timestamp", "timestamp(3)", ColumnKind.Timestamp, 0, 3, 0)]
    [InlineData("time", "time(6)", ColumnKind.Time, 0, 6, 0)]
    [InlineData("string", "time", ColumnKind.Text, 0, 0, 17)]
    [InlineData("string", "varchar(120)", ColumnKind.Text, 0, 0, 480)]
    [InlineData("string", "varchar(20000)", ColumnKind.Text, 0, 0, 65_535)]
    [InlineData("string", "char(15) character set ascii collate ascii_bin", ColumnKind.Text, 0, 0, 15)]
    [InlineData("string", "varchar(10) charset latin1", ColumnKind.Text, 0, 0, 30)]
    [InlineData("string", "tinytext", ColumnKind.Text, 0, 0, 255)]
    [InlineData("string", "longtext", ColumnKind.Text, 0, 0, 65_535)]
    [InlineData("string", "enum('A','Büro','it''s, (odd)')", ColumnKind.Text, 0, 0, 11)]
    [InlineData("string", "set('a','bc')", ColumnKind.Text, 0, 0, 4)]
    [InlineData("string", "json", ColumnKind.Json, 0, 0, 65_535)]
    [InlineData("string", "varbinary(16)", ColumnKind.Binary, 0, 0, 16)]
    [InlineData("string", "longblob", ColumnKind.Binary, 0, 0, 32_767)]
    [InlineData("string", "geometry", ColumnKind.Text, 0, 0, 65_535)]
    public void AType_IsMapped(string logical, string physical, ColumnKind kind, int precision, int scale, int bytes)
    {
        var type = Type(logical, physical, "classification: internal");

        (type.Kind, type.Precision, type.Scale, type.MaxBytes).Should().Be((kind, precision, scale, bytes));
    }

    [Fact]
    public void TheSourcesSpelling_KeepsItsValuesAndLosesItsCharacterSet()
    {
        Type("string", "ENUM('Mr', 'Ms')", "classification: internal").SourceType.Should().Be("enum('Mr','Ms')");
        Type("string", "VARCHAR(10) CHARACTER SET latin1", "classification: internal").SourceType.Should().Be("varchar(10)");
        Type("integer", "INT(10) UNSIGNED", "classification: internal").SourceType.Should().Be("int(10) unsigned");
    }

    [Theory]
    [InlineData("logicalTypeOptions: { maxLength: 10 }", 40)]
    [InlineData("quality: [ { type: custom, engine: retaillake, implementation: gstin } ]", 60)]
    [InlineData("quality: [ { type: custom, engine: retaillake, implementation: gstin } ], logicalTypeOptions: { maxLength: 15 }", 15)]
    public void AShorterText_NeedsFewerBytes(string more, int bytes) => Type("string", "varchar(60)", more).MaxBytes.Should().Be(bytes);

    [Theory]
    [InlineData("a", true)]
    [InlineData("a,b.c", true)]
    [InlineData("", true)]
    [InlineData("a,", false)]
    [InlineData("bxc", false)]
    public void ASetsValue_IsAnyOfItsMembersOrNone(string value, bool holds)
    {
        var rule = Column("string", "set('a','b.c')", "classification: internal").Rules.Should().ContainSingle().Subject;

        System.Text.RegularExpressions.Regex.IsMatch(value, rule.Arg!).Should().Be(holds);
    }

    [Theory]
    [InlineData("timestamp", null)]
    [InlineData("timestamp, logicalTypeOptions: { defaultTimezone: Etc/UTC, timezone: true }", null)]
    [InlineData("datetime, logicalTypeOptions: { defaultTimezone: UTC }", null)]
    [InlineData("datetime, logicalTypeOptions: { defaultTimezone: Asia/Kolkata }", "Asia/Kolkata")]
    [InlineData("datetime, logicalTypeOptions: { defaultTimezone: America/Argentina/Ushuaia }", "America/Argentina/Ushuaia")]
    public void AWallClock_HasItsZone(string physical, string? zone)
    {
        var parts = physical.Split(", ", 2);
        Type("timestamp", parts[0], "classification: internal" + (parts.Length > 1 ? ", " + parts[1] : "")).Zone.Should().Be(zone);
    }

    [Theory]
    [InlineData("string", "varchar(9)", "", true)]
    [InlineData("string", "varchar(9)", "classification: pii", true)]
    [InlineData("integer", "bigint", "classification: restricted", true)]
    [InlineData("string", "varchar(9)", "classification: public", false)]
    [InlineData("string", "varchar(9)", "classification: confidential", false)]
    public void WhatIsNotSaidToBeClear_IsPersonal(string logical, string physical, string classification, bool personal) =>
        Column(logical, physical, classification).Personal.Should().Be(personal);

    private static ColumnType Type(string logical, string physical, string more) => Column(logical, physical, more).Type;

    private static ContractColumn Column(string logical, string physical, string more)
    {
        var loaded = SampleContract.Load(SampleContract.With(
            "      - { name: gross,", $"      - {{ name: probed, logicalType: {logical}, physicalType: \"{physical}\"{(more.Length > 0 ? ", " + more : "")} }}\n      - {{ name: gross,"));
        loaded.Problems.Select(problem => problem.ToString()).Should().BeEmpty();
        return loaded.Contracts.Single().Parent.Column("probed");
    }
}
