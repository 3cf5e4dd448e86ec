using RetailLake.Core.Contracts;
using RetailLake.Core.Runs;

namespace RetailLake.Tests.MySql;

[Collection(OneServer.Name)]
public sealed class SliceTests(MySqlSourceFixture fixture)
{
    [Theory]
    [InlineData("bigint", "seq * seq * 1000")]
    [InlineData("int", "IF(seq < 900, 7, seq)")]
    [InlineData("varchar(20)", "CONCAT(IF(seq % 2, 'कख', 'KH'), seq)")]
    [InlineData("varchar(20) collate utf8mb4_bin", "CONCAT(CHAR(33 + seq % 90), '''\\\\', seq)")]
    [InlineData("varchar(20) character set latin1", "CONCAT(IF(seq % 2, 'é', 'E'), seq % 13)")]
    [InlineData("binary(16)", "UNHEX(MD5(seq))")]
    [InlineData("date", "'2020-01-01' + INTERVAL seq % 50 DAY")]
    [InlineData("datetime(6)", "'2020-01-01' + INTERVAL seq * 77777 MICROSECOND")]
    [InlineData("timestamp", "FROM_UNIXTIME(1600000000 + seq * 60)")]
    [InlineData("decimal(12,3)", "seq / 7 - 50")]
    [InlineData("char(8)", "IF(seq % 3, CONCAT('a', seq DIV 10), CONCAT('A', seq DIV 10))")]
    public async Task KeyOfAnyKind_IsCutIntoDisjointAndCompleteRanges(string type, string value)
    {
        await using var database = await fixture.DatabaseAsync();
        await database.SqlAsync($"CREATE TABLE k (a {type}, b int, PRIMARY KEY (a, b)); INSERT INTO k SELECT {value}, seq FROM seq_1_to_1000");
        var table = Feeds.Table("k", "b", ["b int", $"a {type.Split(" col")[0].Split(" char")[0]}"]) with { Key = ["a", "b"] };
        var contract = Feeds.Of(ExtractMode.Snapshot, table).In(database).Sliced(130);

        var run = await database.RunAsync(contract);

        run.Plan.Slices.Should().HaveCountGreaterThan(1);
        run.Plan.Slices.Select(slice => slice.Number).Should().Equal(Enumerable.Range(1, run.Plan.Slices.Count));
        run.Plan.Slices[0].From.Should().BeNull();
        run.Plan.Slices[^1].To.Should().BeNull();
        run.Firsts("k").Should().OnlyHaveUniqueItems().And.HaveCount(1000);
    }

    [Fact]
    public async Task RowsInsertedWhileSlicesAreRead_BelongToExactlyOneSlice()
    {
        await using var database = await fixture.DatabaseAsync();
        await database.SqlAsync("CREATE TABLE k (id bigint primary key); INSERT INTO k SELECT seq * 10 FROM seq_1_to_2000");
        var contract = Feeds.Of(ExtractMode.Snapshot, Feeds.Table("k", "id", ["id bigint"])).In(database).Sliced(300);
        var plan = await database.PlanAsync(contract);
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            for (var id = 0; !stop.IsCancellationRequested; id++)
            {
                await database.SqlAsync($"INSERT IGNORE INTO k VALUES ({(id * 7919 % 30000) - 5000})");
            }
        });

        var run = await database.LandAllAsync(contract, plan);
        await stop.CancelAsync();
        await writing;

        var read = run.Firsts("k");
        read.Should().OnlyHaveUniqueItems();
        read.Should().Contain(Enumerable.Range(1, 2000).Select(seq => $"{seq * 10}"));
    }

    [Fact]
    public async Task EmptyTable_StillHasOneSnapshotSlice()
    {
        await using var database = await fixture.DatabaseAsync();
        await database.SqlAsync("CREATE TABLE k (id bigint primary key)");

        var run = await database.RunAsync(Feeds.Of(ExtractMode.Snapshot, Feeds.Table("k", "id", ["id bigint"])).In(database));

        run.Plan.Slices.Should().Equal(new PlanSlice(1, SliceKind.Rows, null, null, 0));
        run.Manifests[0].Tables.Single().Rows.Should().Be(0);
    }

    [Fact]
    public async Task PersonalKey_IsNeverWrittenIntoAPlan()
    {
        await using var database = await fixture.DatabaseAsync();
        await database.SqlAsync("CREATE TABLE k (phone varchar(20) primary key); INSERT INTO k SELECT 9000000000 + seq FROM seq_1_to_500");
        var table = Feeds.Table("k", "phone", ["phone varchar(20)"]);
        table = table with { Columns = [table.Columns[0] with { Personal = true }] };

        var run = await database.RunAsync(Feeds.Of(ExtractMode.Snapshot, table).In(database).Sliced(100));

        run.Plan.Slices.Should().Equal(new PlanSlice(1, SliceKind.Rows, null, null, 500));
        run.Firsts("k").Should().HaveCount(500);
    }

    [Fact]
    public async Task WindowWithManyRows_IsCutEvenly()
    {
        await using var database = await fixture.DatabaseAsync();
        await database.SqlAsync("CREATE TABLE k (id bigint primary key, at timestamp NOT NULL, KEY (at)); INSERT INTO k SELECT seq * seq, '2024-01-01' FROM seq_1_to_1000");
        var table = Feeds.Table("k", "id", ["id bigint", "at timestamp"], cursor: "at");

        var run = await database.RunAsync(Feeds.Of(ExtractMode.Window, table).In(database).Sliced(300));

        run.Plan.Slices.Select(slice => slice.ExpectedRows).Should().Equal(250, 250, 250, 250);
        run.Manifests.Select(manifest => manifest.Tables.Single().Rows).Should().Equal(250, 250, 250, 250);
        run.Firsts("k").Should().OnlyHaveUniqueItems().And.HaveCount(1000);
    }
}
