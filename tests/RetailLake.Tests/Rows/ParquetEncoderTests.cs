using RetailLake.Core.Contracts;

namespace RetailLake.Tests.Rows;

public sealed class ParquetEncoderTests : IDisposable
{
    private readonly SliceFixture slice = new();

    [Fact]
    public async Task EveryType_ReadsBackInDuckDb()
    {
        ContractColumn[] columns =
        [
            SliceFixture.Column("id", ColumnKind.Int64),
            SliceFixture.Column("flag", ColumnKind.Boolean),
            SliceFixture.Column("small", ColumnKind.Int32),
            SliceFixture.Column("d9", ColumnKind.Decimal) with { Type = new(ColumnKind.Decimal, "decimal(9,3)") { Precision = 9, Scale = 3 } },
            SliceFixture.Column("d18", ColumnKind.Decimal) with { Type = new(ColumnKind.Decimal, "decimal(18,2)") { Precision = 18, Scale = 2 }, ControlTotal = true },
            SliceFixture.Column("d38", ColumnKind.Decimal) with { Type = new(ColumnKind.Decimal, "decimal(38,10)") { Precision = 38, Scale = 10 } },
            SliceFixture.Column("ratio", ColumnKind.Double),
            SliceFixture.Column("day", ColumnKind.Date) with { ZeroDate = ZeroDatePolicy.Null },
            SliceFixture.Column("at", ColumnKind.Timestamp) with { Type = new(ColumnKind.Timestamp, "datetime(6)") { Scale = 6, Zone = "Asia/Kolkata" } },
            SliceFixture.Column("clock", ColumnKind.Time) with { Type = new(ColumnKind.Time, "time(6)") { Scale = 6 } },
            SliceFixture.Column("name", ColumnKind.Text),
            SliceFixture.Column("doc", ColumnKind.Json),
            SliceFixture.Column("hash", ColumnKind.Binary),
            SliceFixture.Column("phone", ColumnKind.Text) with { Personal = true, Normalise = "phone-in" },
        ];
        var contract = SliceFixture.Contract(SliceFixture.Table("orders", columns));
        const string text =
            "9223372036854775807\t1\t-2147483648\t123456.789\t-9999999999999999.99\t-9999999999999999999999999999.9999999999\t-0.1\t2024-02-29\t2026-11-22 00:00:00.000001\t23:59:59.999999\tमिठाई 🎉\\tx\t{\"a\":[1]}\t\\0\t098765 43210\n"
            + "2\t\\N\t\\N\t\\N\t1.5\t\\N\t\\N\t0000-00-00\t\\N\t\\N\t\\N\t\\N\t\\N\t9999999999\n";
        var landed = SliceFixture.Manifest(await slice.LandAsync(contract.Parent, text));

        var validated = await slice.ValidateAsync(contract, landed);
        var curated = await slice.EncodeAsync(contract, landed, validated);

        validated.Tables[0].RejectedRows.Should().Be(0, string.Join('\n', await slice.RejectsAsync(validated.Tables[0])));
        curated.Curated[0].Sums["d18"].Should().Be(-9999999999999998.49m);
        var path = slice.Lake.Locate(curated.Tables[0].Object.Key);
        DuckDb.ParquetTypes(path).Select(row => row[1]).Should().Equal(
            "BIGINT", "BOOLEAN", "INTEGER", "DECIMAL(9,3)", "DECIMAL(18,2)", "DECIMAL(38,10)", "DOUBLE", "DATE", "TIMESTAMP", "TIME", "VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR");
        var rows = DuckDb.Parquet(path);
        var token = new byte[22];
        slice.Tokens.TryToken("+919876543210"u8, null, token);
        rows[0].Should().Equal(
            "9223372036854775807", "true", "-2147483648", "123456.789", "-9999999999999999.99", "-9999999999999999999999999999.9999999999", "-0.1", "2024-02-29",
            "2026-11-21 18:30:00.000001", "23:59:59.999999", "मिठाई 🎉\tx", "{\"a\":[1]}", "00", System.Text.Encoding.ASCII.GetString(token));
        rows[1].Should().Equal("2", null, null, null, "1.50", null, null, null, null, null, null, null, null, null);
        validated.Tables[0].NullCounts["phone"].Should().Be(1);
    }

    [Fact]
    public async Task EqualRows_GiveEqualBytes()
    {
        var contract = SliceFixture.Contract(SliceFixture.Table("orders", SliceFixture.Column("id", ColumnKind.Int64), SliceFixture.Column("name", ColumnKind.Text)));
        var text = string.Concat(Enumerable.Range(0, 150_000).Select(id => $"{id}\tname {id % 977}\n"));
        var landed = SliceFixture.Manifest(await slice.LandAsync(contract.Parent, text));
        var validated = await slice.ValidateAsync(contract, landed);

        var first = await slice.EncodeAsync(contract, landed, validated);
        var second = await slice.EncodeAsync(contract, landed, validated);

        second.Tables[0].Object.Sha256.Should().Be(first.Tables[0].Object.Sha256);
        var path = slice.Lake.Locate(first.Tables[0].Object.Key);
        DuckDb.Query($"SELECT count(*)::VARCHAR, sum(id)::VARCHAR, count(DISTINCT name)::VARCHAR FROM read_parquet('{path}', hive_partitioning = false)")[0]
            .Should().Equal("150000", "11249925000", "977");
    }

    public void Dispose() => slice.Dispose();
}
