using MySqlConnector;
using RetailLake.Core.Contracts;
using RetailLake.Core.Sources;

namespace RetailLake.Tests.MySql;

[Collection(OneServer.Name)]
public sealed class CommitSafeWindowTests(MySqlSourceFixture fixture)
{
    private const string Moving = "CREATE TABLE c (id int primary key, v varchar(20), at timestamp(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6), KEY (at))";

    private static readonly ContractTable Table = Feeds.Table("c", "id", ["id int", "v varchar(20)", "at timestamp(6)"], cursor: "at");

    [Fact]
    public async Task TransactionThatCommitsLate_IsNotLostByUsButByANaiveWatermark()
    {
        await using var database = await fixture.DatabaseAsync();
        await database.SqlAsync(Moving);
        await database.SqlAsync("INSERT INTO c(id, v) VALUES (1, 'early')");
        var contract = Feeds.Of(ExtractMode.Window, Table).In(database);
        await using var late = await database.OpenAsync();
        await ExecuteAsync(late, "START TRANSACTION; INSERT INTO c(id, v) VALUES (2, 'late')");
        await PassASecondAsync(database);
        await database.SqlAsync("INSERT INTO c(id, v) VALUES (3, 'on time')");
        await PassASecondAsync(database);

        var naive = Convert.ToDateTime(await database.ScalarAsync("SELECT MAX(at) FROM c"));
        var first = await database.RunAsync(contract);
        await ExecuteAsync(late, "COMMIT");
        await PassASecondAsync(database);
        var second = await database.RunAsync(contract, first.Covered);

        first.Plan.Window!.HeldBackBy.Should().Be("transaction");
        first.Plan.Window.Proof.Should().Be("innodb_trx");
        first.Firsts("c").Should().NotContain("2").And.NotContain("3");
        first.Firsts("c").Concat(second.Firsts("c")).Should().BeEquivalentTo("1", "2", "3");
        second.Plan.Window!.HeldBackBy.Should().BeNull();

        // The control: an extract that goes on from the highest value it saw never sees row 2.
        Convert.ToInt64(await database.ScalarAsync($"SELECT COUNT(*) FROM c WHERE id = 2 AND at > '{naive:yyyy-MM-dd HH:mm:ss.ffffff}'")).Should().Be(0);
    }

    [Fact]
    public async Task StatementThatRunsLong_HoldsTheWindowBack()
    {
        await using var database = await fixture.DatabaseAsync();
        await database.SqlAsync(Moving);
        await using var holder = await database.OpenAsync();
        await using var slow = await database.OpenAsync();
        await ExecuteAsync(holder, $"SELECT GET_LOCK('{database.Name}', 0)");
        // It waits before it touches a row, and its row will be stamped with its start.
        var statement = ExecuteAsync(slow, $"INSERT INTO c(id, v) SELECT 1, GET_LOCK('{database.Name}', 120)");
        await PassASecondAsync(database);
        await PassASecondAsync(database);

        var first = await database.RunAsync(Feeds.Of(ExtractMode.Window, Table).In(database));
        await ExecuteAsync(holder, $"DO RELEASE_LOCK('{database.Name}')");
        await statement;
        await PassASecondAsync(database);
        var second = await database.RunAsync(Feeds.Of(ExtractMode.Window, Table).In(database), first.Covered);

        first.Plan.Window!.HeldBackBy.Should().BeOneOf("statement", "transaction");
        first.Rows.Should().BeEmpty();
        second.Firsts("c").Should().Equal("1");
    }

    [Fact]
    public async Task ReadersOfEveryKind_HoldNothingBack()
    {
        await using var database = await fixture.DatabaseAsync();
        await database.SqlAsync(Moving);
        await database.SqlAsync("INSERT INTO c(id, v) VALUES (1, 'x')");
        await using var report = await database.OpenAsync();
        await using var snapshot = await database.OpenAsync();
        await ExecuteAsync(snapshot, "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY; SELECT COUNT(*) FROM c");
        await using var holder = await database.OpenAsync();
        await ExecuteAsync(holder, $"SELECT GET_LOCK('{database.Name}', 0)");
        var reading = ExecuteAsync(report, $"SELECT GET_LOCK('{database.Name}', 120), id FROM c");
        await PassASecondAsync(database);
        await PassASecondAsync(database);

        var run = await database.RunAsync(Feeds.Of(ExtractMode.Window, Table).In(database));

        run.Plan.Window!.HeldBackBy.Should().BeNull();
        run.Firsts("c").Should().Equal("1");
        await ExecuteAsync(holder, $"DO RELEASE_LOCK('{database.Name}')");
        await reading;
    }

    [Fact]
    public async Task PreparedTransactionThatItsClientLeft_KeepsTheWindowWhereItWas()
    {
        await using var database = await fixture.DatabaseAsync();
        await database.SqlAsync(Moving);
        var contract = Feeds.Of(ExtractMode.Window, Table).In(database);
        await PassASecondAsync(database);
        var first = await database.RunAsync(contract);
        await using (var client = await database.OpenAsync())
        {
            await ExecuteAsync(client, "XA START 'left'; INSERT INTO c(id) VALUES (1); XA END 'left'; XA PREPARE 'left'");
        }

        try
        {
            await PassASecondAsync(database);
            var held = await database.PlanAsync(contract, first.Covered);

            held.Window!.Hi.Should().Be(first.Plan.Window!.Hi);
            held.Window.HeldBackBy.Should().Be("transaction");
            held.Slices.Should().BeEmpty();
        }
        finally
        {
            await database.SqlAsync("XA COMMIT 'left'");
        }

        await PassASecondAsync(database);
        (await database.RunAsync(contract, first.Covered)).Firsts("c").Should().Equal("1");
    }

    [Fact]
    public async Task ThousandRowsOfOneSecondAtTheBound_AreReadOnceEach()
    {
        await using var database = await fixture.DatabaseAsync();
        await database.SqlAsync("CREATE TABLE c (id int primary key, v varchar(20), at timestamp NOT NULL, KEY (at))");
        var table = Feeds.Table("c", "id", ["id int", "v varchar(20)", "at timestamp"], cursor: "at");
        await PassASecondAsync(database);
        await database.SqlAsync("INSERT INTO c SELECT seq, 'a', NOW() FROM seq_1_to_1000");
        var contract = Feeds.Of(ExtractMode.Window, table).In(database);

        List<string> read = [];
        List<CoveredWindow> covered = [];
        for (var round = 0; round < 4; round++)
        {
            var run = await database.RunAsync(contract, [.. covered]);
            covered.Add(run.Covered);
            read.AddRange(run.Firsts("c"));
            await PassASecondAsync(database);
        }

        read.Should().OnlyHaveUniqueItems().And.HaveCount(1000);
    }

    [Fact]
    public async Task WallClockOfIndia_IsComparedInItsZone()
    {
        await using var database = await fixture.DatabaseAsync();
        await database.SqlAsync("CREATE TABLE c (id int primary key, v varchar(20), at datetime NULL, KEY (at))");
        var table = Feeds.Table("c", "id", ["id int", "v varchar(20)", "at datetime"], cursor: "at", zone: "Asia/Kolkata");
        var contract = Feeds.Of(ExtractMode.Window, table).In(database);
        await using var shop = await database.OpenAsync("SET time_zone = '+05:30'");
        await ExecuteAsync(shop, "INSERT INTO c VALUES (1, 'now', NOW()), (2, 'none', NULL)");
        await PassASecondAsync(database);

        var first = await database.RunAsync(contract);
        await ExecuteAsync(shop, "INSERT INTO c VALUES (3, 'next', NOW())");
        await PassASecondAsync(database);
        var second = await database.RunAsync(contract, first.Covered);

        first.Firsts("c").Should().BeEquivalentTo("1", "2");
        second.Firsts("c").Should().BeEquivalentTo("2", "3");
        first.Row("c", "1")[2].Should().Be(Convert.ToString(await database.ScalarAsync("SELECT CAST(at AS CHAR) FROM c WHERE id = 1")));
    }

    [Fact]
    public async Task WallClockDeclaredInAnotherZoneThanTheServers_IsNoted()
    {
        await using var database = await fixture.DatabaseAsync();
        await database.SqlAsync("CREATE TABLE c (id int primary key, v varchar(20), at datetime NULL, KEY (at))");

        async Task<IReadOnlyList<string>> NotesAsync(string? zone) =>
            (await database.PlanAsync(Feeds.Of(ExtractMode.Window, Feeds.Table("c", "id", ["id int", "v varchar(20)", "at datetime"], cursor: "at", zone: zone)).In(database))).Notes;

        (await NotesAsync("Asia/Kolkata")).Should().NotContainMatch("*default zone*");
        (await NotesAsync(null)).Should().ContainMatch("*'c.at' is declared in UTC, the server's default zone is 05:30:00*");
    }

    [Fact]
    public async Task WithoutProcessPrivilege_TheDeclaredLagIsUsedAndRecorded()
    {
        await using var database = await fixture.DatabaseAsync();
        await database.SqlAsync(Moving);
        var user = database.Name[..20];
        await database.SqlAsync($"CREATE USER {user}@'127.0.0.1' IDENTIFIED BY 'only-reads'; GRANT SELECT ON {database.Name}.* TO {user}@'127.0.0.1'");
        (database.User, database.Password) = (user, "only-reads");

        var plan = await database.PlanAsync(Feeds.Of(ExtractMode.Window, Table).In(database).Lagging(30));

        plan.Window!.Proof.Should().Be("declared-lag");
        plan.Notes.Should().ContainMatch("*declared lag of 30 s*");
        (TimeProvider.System.GetUtcNow() - plan.Window.Hi).Should().BeGreaterThan(TimeSpan.FromSeconds(29));
        await database.SqlAsync($"DROP USER {user}@'127.0.0.1'");
    }

    [Fact]
    public async Task ListingThatOthersKeepOld_IsNotTrusted()
    {
        await using var database = await fixture.DatabaseAsync();
        await database.SqlAsync(Moving);
        await using var monitor = await database.OpenAsync();
        await using var late = await database.OpenAsync();
        await ExecuteAsync(monitor, "SELECT COUNT(*) FROM information_schema.innodb_trx");
        await ExecuteAsync(late, "START TRANSACTION; INSERT INTO c(id, v) VALUES (1, 'late')");
        // Read every 40 ms, the listing stays the one from before the transaction.
        var polling = Task.Run(async () =>
        {
            for (var reads = 0; reads < 60; reads++)
            {
                await ExecuteAsync(monitor, "SELECT COUNT(*) FROM information_schema.innodb_trx");
                await Task.Delay(40);
            }
        });
        await PassASecondAsync(database);

        var plan = await database.PlanAsync(Feeds.Of(ExtractMode.Window, Table).In(database));

        plan.Window!.HeldBackBy.Should().Be("transaction");
        await polling;
    }

    [Fact]
    public async Task ReadOnlyServer_WhoseReplicaStateIsHidden_IsRefusedForWindows()
    {
        await using var database = await fixture.DatabaseAsync();
        await database.SqlAsync(Moving);
        await database.SqlAsync("SET GLOBAL read_only = 1");
        try
        {
            var plan = async () => await database.PlanAsync(Feeds.Of(ExtractMode.Window, Table).In(database));

            (await plan.Should().ThrowAsync<Core.Errors.NotSupportedByLakeException>()).Which.Message.Should().Contain("primary");
            (await database.PlanAsync(Feeds.Of(ExtractMode.Snapshot, Table).In(database))).Slices.Should().HaveCount(1);
        }
        finally
        {
            await database.SqlAsync("SET GLOBAL read_only = 0");
        }
    }

    /// <summary>Until the server's clock shows a later second: the tests wait for the clock they are about, not for a length of time.</summary>
    private static async Task PassASecondAsync(SourceDatabase database)
    {
        var begun = Convert.ToInt64(await database.ScalarAsync("SELECT UNIX_TIMESTAMP()"));
        // The lag is at least a second, and bounds are whole seconds.
        while (Convert.ToInt64(await database.ScalarAsync("SELECT UNIX_TIMESTAMP()")) < begun + 2)
        {
            await Task.Delay(50);
        }
    }

    private static async Task ExecuteAsync(MySqlConnection connection, string sql) =>
        await new MySqlCommand(sql, connection) { CommandTimeout = 60 }.ExecuteNonQueryAsync();
}
