using System.Text;
using MySqlConnector;
using RetailLake.Core.Contracts;

namespace RetailLake.Tests.MySql;

[Collection(OneServer.Name)]
public sealed class LandedTextTests(MySqlSourceFixture fixture)
{
    private static string Utf8(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    [Theory]
    [InlineData("tinyint", "-128")]
    [InlineData("tinyint unsigned", "255")]
    [InlineData("bigint", "-9223372036854775808")]
    [InlineData("bigint unsigned", "18446744073709551615")]
    [InlineData("int(6) unsigned zerofill", "42")]
    [InlineData("decimal(65,30)", "-12345678901234567890123456789012345.123456789012345678901234567890")]
    [InlineData("decimal(10,2) unsigned zerofill", "1.50")]
    [InlineData("date", "0000-00-00")]
    [InlineData("date", "2024-00-31")]
    [InlineData("date", "9999-12-31")]
    [InlineData("datetime", "0000-00-00 00:00:00")]
    [InlineData("datetime(6)", "2026-11-21 23:59:59.999999")]
    [InlineData("timestamp", "0000-00-00 00:00:00")]
    [InlineData("timestamp(3)", "2038-01-19 03:14:07.999")]
    [InlineData("time", "-838:59:59")]
    [InlineData("time(6)", "100:00:00.500000")]
    [InlineData("year", "2155")]
    [InlineData("enum('a','b')", "b")]
    [InlineData("set('x','y')", "x,y")]
    [InlineData("json", "{\"a\": [1, 2.50, \"\\u0905\"]}")]
    [InlineData("uuid", "123e4567-e89b-12d3-a456-426655440000")]
    [InlineData("inet6", "2001:db8::1")]
    [InlineData("varchar(60)", "")]
    [InlineData("varchar(60)", "NULL")]
    [InlineData("varchar(60)", "\\N")]
    [InlineData("varchar(60)", " tab\tline\nreturn\rslash\\ ")]
    [InlineData("varchar(60)", "मनीष 🛒 ₹1,499")]
    [InlineData("varchar(60) character set utf16", "मनीष 🛒")]
    [InlineData("varchar(60) character set latin1", "café €")]
    [InlineData("char(20) character set cp1251", "Привет")]
    [InlineData("text", "a\0b")]
    public async Task Value_LandsAsItsExactText(string type, string value)
    {
        await using var database = await fixture.DatabaseAsync();
        await database.SqlAsync($"CREATE TABLE v (id int primary key, c {type} NULL)");
        await InsertAsync(database, value);

        var contract = type.Split(" character set")[0];
        var landing = await database.RunAsync(Feeds.Of(ExtractMode.Snapshot, Feeds.Table("v", "id", ["id int", $"c {contract}"])).In(database));

        landing.Row("v", "1")[1].Should().Be(Utf8(value));
        landing.Row("v", "2")[1].Should().BeNull();
    }

    [Fact]
    public async Task EveryByte_LandsUnchanged()
    {
        await using var database = await fixture.DatabaseAsync();
        var bytes = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();
        await database.SqlAsync("CREATE TABLE v (id int primary key, c varbinary(256), f binary(255), b bit(64), l longblob)");
        var large = new byte[3_000_000];
        new Random(7).NextBytes(large);
        await using (var connection = await database.OpenAsync())
        {
            var insert = new MySqlCommand("INSERT INTO v VALUES (1, @c, LEFT(@c, 250), X'FFFFFFFFFFFFFFFF', @l)", connection);
            insert.Parameters.AddWithValue("@c", bytes);
            insert.Parameters.AddWithValue("@l", large);
            await insert.ExecuteNonQueryAsync();
        }

        var landing = await database.RunAsync(Feeds.Of(
            ExtractMode.Snapshot, Feeds.Table("v", "id", ["id int", "c varbinary(256)", "f binary(255)", "b bit(64)", "l longblob"])).In(database));

        var row = landing.Row("v", "1");
        row[1].Should().Be(Encoding.Latin1.GetString(bytes));
        row[2].Should().Be(Encoding.Latin1.GetString([.. bytes[..250], .. new byte[5]]));
        row[3].Should().Be("18446744073709551615");
        (row[4] == Encoding.Latin1.GetString(large)).Should().BeTrue();
    }

    [Theory]
    [InlineData(0.1f)]
    [InlineData(16777216f)]
    [InlineData(123456.789f)]
    [InlineData(3.4028235e38f)]
    [InlineData(1.1754944e-38f)]
    [InlineData(-1.5e-7f)]
    public async Task Float_LosesNothing(float value)
    {
        await using var database = await fixture.DatabaseAsync();
        await database.SqlAsync("CREATE TABLE v (id int primary key, f float, d double)");
        await using (var connection = await database.OpenAsync())
        {
            var insert = new MySqlCommand("INSERT INTO v VALUES (1, @f, @d)", connection);
            insert.Parameters.AddWithValue("@f", (double)value);
            insert.Parameters.AddWithValue("@d", Math.PI * value);
            await insert.ExecuteNonQueryAsync();
        }

        var landing = await database.RunAsync(Feeds.Of(ExtractMode.Snapshot, Feeds.Table("v", "id", ["id int", "f float", "d double"])).In(database));

        ((float)double.Parse(landing.Row("v", "1")[1]!)).Should().Be(value);
        double.Parse(landing.Row("v", "1")[2]!).Should().Be(Math.PI * value);
    }

    [Fact]
    public async Task ControlTotals_AreExactOnBothSides()
    {
        await using var database = await fixture.DatabaseAsync();
        await database.SqlAsync("CREATE TABLE v (id bigint primary key, a decimal(18,4), b int, c decimal(9,0))");
        await database.SqlAsync("INSERT INTO v VALUES (1, 99999999999999.9999, -7, 5), (2, 0.0001, NULL, NULL), (3, -0.5000, 9, -5)");

        var landing = await database.RunAsync(Feeds.Of(
            ExtractMode.Snapshot, Feeds.Table("v", "id", ["id bigint", "a decimal(18,4)", "b int", "c decimal(9,0)"], totals: "a b c")).In(database));

        var expected = new Dictionary<string, decimal> { ["a"] = 99999999999999.5m, ["b"] = 2m, ["c"] = 0m };
        landing.Manifests[0].Source.Single().Sums.Should().Equal(expected);
        landing.Manifests[0].Landed.Single().Sums.Should().Equal(expected);
    }

    private static async Task InsertAsync(SourceDatabase database, string value)
    {
        await using var connection = await database.OpenAsync();
        var insert = new MySqlCommand("INSERT INTO v VALUES (1, @c), (2, NULL)", connection);
        insert.Parameters.AddWithValue("@c", value);
        await insert.ExecuteNonQueryAsync();
    }
}
