using MySqlConnector;
using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Runs;

namespace RetailLake.Tests.MySql;

[Collection(OneServer.Name)]
public sealed class BrokenReadTests(MySqlSourceFixture fixture)
{
    private static readonly ContractTable Table = Feeds.Table("k", "id", ["id int", "v varchar(200)"]);

    [Theory]
    [InlineData(50)]
    [InlineData(3_000)]
    [InlineData(8_000)]
    [InlineData(20_000)]
    [InlineData(100_000)]
    [InlineData(1_000_000)]
    [InlineData(3_000_000)]
    public async Task ConnectionResetAnywhere_IsAnErrorAndLeavesNoObject(long bytes)
    {
        await using var database = await RowsAsync(20_000);
        var contract = Feeds.Of(ExtractMode.Snapshot, Table).In(database);
        var plan = await database.PlanAsync(contract);
        await using var proxy = new CutConnection(database.ServerPort, bytes);
        database.Port = proxy.Port;

        var land = async () => await database.LandAsync(contract, plan, plan.Slices[0]);

        await land.Should().ThrowAsync<SourceUnavailableException>();
        proxy.Passed.Should().Be(bytes);
        (await database.Lake.ListAsync("landing/", default).ToListAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData("KILL")]
    [InlineData("KILL QUERY")]
    public async Task StatementKilledWhileRowsCome_IsAnErrorAndLeavesNoObject(string kill)
    {
        await using var database = await RowsAsync(10);
        await using var holder = await StallAfterFiveRowsAsync(database);
        var contract = Stalling(database);
        var landing = database.LandAsync(contract, new(null, []), new(1, SliceKind.Rows, null, null, 10));
        var id = await StalledAsync(database);

        await database.SqlAsync($"{kill} {id}");

        var land = async () => await landing;
        await land.Should().ThrowAsync<SourceUnavailableException>();
        (await database.Lake.ListAsync("landing/", default).ToListAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task ServersOwnLimits_DoNotCutTheRead()
    {
        await using var database = await RowsAsync(500);
        await database.SqlAsync("SET GLOBAL sql_select_limit = 100; SET GLOBAL max_statement_time = 0.05");
        try
        {
            var run = await database.RunAsync(Feeds.Of(ExtractMode.Snapshot, Table).In(database));

            run.Firsts("k").Should().HaveCount(500);
        }
        finally
        {
            await database.SqlAsync("SET GLOBAL sql_select_limit = DEFAULT; SET GLOBAL max_statement_time = 0");
        }
    }

    [Fact]
    public async Task Cancelled_StopsTheStatementOnTheServer()
    {
        await using var database = await RowsAsync(10);
        await using var holder = await StallAfterFiveRowsAsync(database);
        var contract = Stalling(database);
        using var stop = new CancellationTokenSource();
        var plan = new RunPlan
        {
            Execution = "e", Contract = contract.Id, ContractVersion = "1", ContractSha256 = "x", Ordinal = 1, WorkId = "w", Slices = [], PlannedAt = TimeProvider.System.GetUtcNow(),
        };
        var landing = database.Source.LandAsync(contract, plan, new(1, SliceKind.Rows, null, null, 10), database.Lake, "a", stop.Token);
        await StalledAsync(database);

        await stop.CancelAsync();

        var land = async () => await landing;
        await land.Should().ThrowAsync<OperationCanceledException>();
        (await database.ScalarAsync(Waiting(database))).Should().BeNull();
    }

    private static Contract Stalling(SourceDatabase database) =>
        Feeds.Of(ExtractMode.Snapshot, Table with { Columns = [Table.Columns[0], Table.Columns[1] with { Type = new(ColumnKind.Text, "longtext") }] }).In(database);

    private static string Waiting(SourceDatabase database) =>
        $"SELECT id FROM information_schema.processlist WHERE db = '{database.Name}' AND state = 'User lock' LIMIT 1";

    private static async Task<MySqlConnection> StallAfterFiveRowsAsync(SourceDatabase database)
    {
        await database.SqlAsync($"RENAME TABLE k TO stalled; CREATE VIEW k AS SELECT id, CONCAT(v, IF(id > 5, GET_LOCK('{database.Name}', 120), '')) AS v FROM stalled");
        var holder = await database.OpenAsync();
        await new MySqlCommand($"SELECT GET_LOCK('{database.Name}', 0)", holder).ExecuteNonQueryAsync();
        return holder;
    }

    private static async Task<object> StalledAsync(SourceDatabase database)
    {
        while (true)
        {
            if (await database.ScalarAsync(Waiting(database)) is { } id)
            {
                return id;
            }
        }
    }

    private async Task<SourceDatabase> RowsAsync(int rows)
    {
        var database = await fixture.DatabaseAsync();
        await database.SqlAsync($"CREATE TABLE k (id int primary key, v varchar(200)); INSERT INTO k SELECT seq, REPEAT(MD5(seq), 6) FROM seq_1_to_{rows}");
        return database;
    }
}
