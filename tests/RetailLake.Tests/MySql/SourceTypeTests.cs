using RetailLake.Sources.MySql;

namespace RetailLake.Tests.MySql;

public sealed class SourceTypeTests
{
    [Theory]
    [InlineData("int", "int(11)", true)]
    [InlineData("bigint", "int(10) unsigned", true)]
    [InlineData("int", "int(10) unsigned", false)]
    [InlineData("bigint unsigned", "bigint(20)", false)]
    [InlineData("tinyint(1)", "tinyint(4)", true)]
    [InlineData("boolean", "tinyint(1)", true)]
    [InlineData("decimal(12,2)", "decimal(10,2)", true)]
    [InlineData("decimal(12,2)", "decimal(12,3)", false)]
    [InlineData("decimal(20,0)", "bigint(20) unsigned", true)]
    [InlineData("decimal(12,2)", "double", false)]
    [InlineData("double", "float", true)]
    [InlineData("float", "double", false)]
    [InlineData("varchar(40)", "char(10)", true)]
    [InlineData("varchar(40)", "varchar(41)", false)]
    [InlineData("varchar(40)", "text", false)]
    [InlineData("text", "varchar(200)", true)]
    [InlineData("varchar(10)", "enum('a','b')", true)]
    [InlineData("enum('a','b')", "enum('a','b','c')", true)]
    [InlineData("json", "longtext", true)]
    [InlineData("longtext", "json", true)]
    [InlineData("datetime", "timestamp", false)]
    [InlineData("datetime(6)", "datetime", true)]
    [InlineData("datetime", "datetime(3)", false)]
    [InlineData("date", "datetime", false)]
    [InlineData("varbinary(16)", "binary(16)", true)]
    [InlineData("varchar(16)", "varbinary(16)", false)]
    [InlineData("bit(8)", "bit(1)", true)]
    [InlineData("smallint", "year(4)", true)]
    [InlineData("varchar(36)", "uuid", true)]
    [InlineData("vector(3)", "vector(3)", false)]
    public void EveryValueOfTheFoundType_FitsTheContracts(string contract, string found, bool expected) =>
        SourceType.Parse(contract).Accepts(SourceType.Parse(found)).Should().Be(expected);
}
