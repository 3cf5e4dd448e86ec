using System.Text;
using RetailLake.Aws.Redshift;
using RetailLake.Core.Errors;
using RetailLake.Tests.Warehouse;
using RetailLake.Tests.Warehouse.Conformance;

namespace RetailLake.Tests.Aws.Redshift;

/// <summary>What only the Data API has: limits, refusals, lost answers, pages, parts. What it shares with DuckDB is in WarehouseConformance.</summary>
public sealed class RedshiftDataWarehouseTests
{
    private const string Lock = "\"ops\".\"contract_lock\"";

    [Theory]
    [InlineData(41, 10)]
    [InlineData(0, 0)]
    [InlineData(2, 100_001)]
    public async Task BeyondTheDataApisLimits_NothingIsSent(int count, int bytes)
    {
        await using var site = new RedshiftSite();
        string[] statements = [.. Enumerable.Repeat("SELECT 1 --".PadRight(bytes, 'x'), count)];

        var submit = () => site.Warehouse.SubmitAsync(new("load", "token", statements), Bench.None);
        var execute = () => site.Warehouse.ExecuteAsync(statements, Bench.None);

        (await submit.Should().ThrowAsync<ContractInvalidException>()).Which.Became.Should().Be("Nothing was sent.");
        await execute.Should().ThrowAsync<ContractInvalidException>();
        site.Api.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData("ActiveStatementsExceededException", 400)]
    [InlineData("ActiveSessionsExceededException", 400)]
    [InlineData("ThrottlingException", 400)]
    [InlineData("DatabaseConnectionException", 500)]
    [InlineData("InternalServerException", 500)]
    public async Task RefusedForTheServicesOwnReasons_IsTriedAgainByTheMachine(string code, int status)
    {
        await using var site = new RedshiftSite();
        site.Api.Refuse = (_, _) => Answer.Error(code, "not now", status);

        var submit = () => site.Warehouse.SubmitAsync(new("load", "token", ["SELECT 1"]), Bench.None);

        (await submit.Should().ThrowAsync<WarehouseUnavailableException>()).Which.Found.Should().Contain(code).And.Contain("workgroup 'emulated'");
    }

    [Fact]
    public async Task RefusedRequest_IsNotTriedAgain()
    {
        await using var site = new RedshiftSite();
        site.Api.Refuse = (_, _) => Answer.Error("ValidationException", "Database name is wrong");

        var submit = () => site.Warehouse.SubmitAsync(new("load", "token", ["SELECT 1"]), Bench.None);

        (await submit.Should().ThrowAsync<LoadFailedException>()).Which.Found.Should().Contain("Database name is wrong");
        site.Api.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task NobodyAnswers_IsUnavailable()
    {
        var site = new RedshiftSite();
        await site.Api.DisposeAsync();

        var query = () => site.Warehouse.QueryAsync("SELECT 1", Bench.None);

        await query.Should().ThrowAsync<WarehouseUnavailableException>();
        await site.Bench.DisposeAsync();
    }

    [Theory]
    [InlineData("BatchExecuteStatement", true)]
    [InlineData("ExecuteStatement", false)]
    public async Task AnswerLost_TheStatementRunsOnce(string operation, bool isBatch)
    {
        await using var site = (RedshiftSite)await WarehouseSite.OpenAsync("redshift-data");
        var before = site.Api.Requests.Count;
        var lost = 0;
        site.Api.Lose = (called, _) => called == operation && Interlocked.Increment(ref lost) == 1;
        var insert = $"INSERT INTO {Lock} (\"contract\", \"taken\") SELECT 'a', 1";

        await site.Warehouse.ExecuteAsync(isBatch ? [insert, insert] : [insert], Bench.None);

        site.Api.Lose = (_, _) => false;
        site.Api.Requests.Skip(before).Count(request => request.Operation == operation).Should().Be(2);
        (await site.TextAsync($"SELECT COUNT(*) FROM {Lock}")).Should().Be(isBatch ? "2" : "1");
    }

    [Theory]
    [InlineData("ERROR: 1023\n  Detail: Serializable isolation violation on table in Redshift", typeof(LoadConflictException))]
    [InlineData("ERROR: deadlock detected", typeof(LoadConflictException))]
    [InlineData("ERROR: permission denied for schema ops", typeof(LoadFailedException))]
    [InlineData("S3ServiceException:The specified key does not exist.,Status 404,Error NoSuchKey", typeof(ObjectDamagedException))]
    [InlineData("ERROR: RetailLake check \"staged a.rows\": expected 3, found 2\n  Where: PL/pgSQL function", typeof(BooksDoNotBalanceException))]
    public async Task TransactionFails_ItsTextDecidesTheClass(string error, Type type)
    {
        await using var site = new RedshiftSite();
        site.Api.Fail = _ => error["ERROR: ".Length..];
        if (error.StartsWith("S3", StringComparison.Ordinal))
        {
            site.Api.Fail = _ => error;
        }

        var run = () => site.Warehouse.ExecuteAsync(["SELECT 1", "SELECT 2"], Bench.None);

        (await run.Should().ThrowAsync<LakeException>()).Which.Should().BeOfType(type);
    }

    [Theory]
    [InlineData("ERROR: invalid input syntax for integer: \"9876543210 Ravi\"")]
    [InlineData("ERROR: Value too long for character type\n  Detail: Value too long for type character varying(4): Ravi 9876543210")]
    [InlineData("Load into table 'stage_customer' failed. Ravi 9876543210")]
    public void ErrorThatMayQuoteAValue_IsNotKept(string error) => StatementErrors.Scrub(error).Should().NotContain("Ravi").And.NotContain("9876543210");

    [Theory]
    [InlineData("true", "It was cancelled and rolled back.")]
    [InlineData("false", "It had ended, and may have been committed.")]
    public async Task CallerGivesUp_TheStatementIsCancelledAndTold(string status, string told)
    {
        await using var site = new RedshiftSite();
        using var patience = new CancellationTokenSource();
        site.Api.Refuse = (operation, _) =>
        {
            if (operation == "DescribeStatement")
            {
                patience.Cancel();
                return new("""{"Id":"x","Status":"STARTED"}""");
            }

            return operation == "CancelStatement" ? new($$"""{"Status":{{status}}}""") : null;
        };

        var run = () => site.Warehouse.ExecuteAsync(["SELECT 1", "SELECT 2"], patience.Token);

        (await run.Should().ThrowAsync<OperationCanceledException>()).WithMessage($"*{told}*");
        site.Api.Bodies("CancelStatement").Should().ContainSingle();
    }

    [Fact]
    public async Task Waits_GrowToASecond()
    {
        await using var site = new RedshiftSite();
        var time = new RecordingTime();
        var looks = 0;
        site.Api.Refuse = (operation, _) => operation == "DescribeStatement" ? new($$"""{"Id":"x","Status":"{{(++looks < 12 ? "STARTED" : "FINISHED")}}"}""") : null;
        using var client = site.Api.Client();

        await new RedshiftDataWarehouse(client, new("emulated", "lake"), "role", site.Lake, time).ExecuteAsync(["SELECT 1"], Bench.None);

        time.Waits.Take(3).Should().Equal(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(75), TimeSpan.FromMilliseconds(112));
        time.Waits.Should().HaveCount(12).And.BeInAscendingOrder();
        time.Waits.Last().Should().Be(TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("numeric", """{"doubleValue":0.1}""")]
    [InlineData("numeric", """{"stringValue":"1e5"}""")]
    [InlineData("timestamp", """{"stringValue":"soon"}""")]
    [InlineData("varbyte", """{"blobValue":"AQI="}""")]
    public async Task ValueThatIsNotExactlyItsType_IsRefused(string type, string field)
    {
        await using var site = new RedshiftSite();
        site.Api.Refuse = (operation, _) => operation == "GetStatementResult" ? new($$"""{"ColumnMetadata":[{"name":"net","typeName":"{{type}}"}],"Records":[[{{field}}]]}""") : null;

        var query = () => site.Warehouse.QueryAsync("SELECT 1", Bench.None);

        (await query.Should().ThrowAsync<LoadFailedException>()).Which.Found.Should().Contain("'net'");
    }

    [Fact]
    public async Task UnloadOfSeveralParts_IsReadInTheirOrderAndDeleted()
    {
        await using var site = new RedshiftSite();
        site.Api.Refuse = (operation, body) => operation switch
        {
            "ExecuteStatement" => Store(site, (string)body["Sql"]!),
            "DescribeStatement" => new("""{"Id":"x","Status":"FINISHED"}"""),
            _ => null,
        };

        await using (var rows = await site.Warehouse.UnloadAsync("SELECT 'x'", '|', Bench.None))
        {
            using var text = new StreamReader(rows, Encoding.UTF8, leaveOpen: true);
            (await text.ReadToEndAsync(Bench.None)).Should().Be("a\nb\nc\n");
        }

        site.Lake.Deleted.Select(key => key[^"part-000".Length..]).Should().Equal("part-000", "part-001", "part-002");
        ((string)site.Api.Bodies("ExecuteStatement").Single()["Sql"]!).Should().MatchRegex(
            @"^UNLOAD \('SELECT ''x'''\) TO 's3://lake/unload/[0-9a-f]{32}/part-' IAM_ROLE '[^']+' DELIMITER AS '\|' ENCRYPTED AUTO PARALLEL OFF$");
    }

    [Theory]
    [InlineData("redshift-data://wg/lake", "wg", "lake")]
    [InlineData("redshift-data://wg/lake/", "wg", "lake")]
    public void Address_IsWorkgroupAndDatabase(string uri, string workgroup, string database) => RedshiftAddress.Parse(uri).Should().Be(new RedshiftAddress(workgroup, database));

    [Theory]
    [InlineData("redshift-data://wg")]
    [InlineData("redshift-data://wg/a/b")]
    [InlineData("redshift-data://wg/lake?user=x")]
    [InlineData("redshift://wg/lake")]
    public void OtherAddress_IsRefused(string uri)
    {
        var parse = () => RedshiftAddress.Parse(uri);

        parse.Should().Throw<ArgumentException>().WithMessage("*Nothing was opened*WAREHOUSE_URI*");
    }

    private static Answer Store(RedshiftSite site, string sql)
    {
        var prefix = sql.Split("TO 's3://lake/")[1].Split('\'')[0];
        foreach (var (name, rows) in new[] { ("001", "b\n"), ("000", "a\n"), ("002", "c\n") })
        {
            site.Lake.PutIfAbsentAsync(prefix + name, Encoding.UTF8.GetBytes(rows), Bench.None).GetAwaiter().GetResult();
        }

        return new("""{"Id":"x"}""");
    }
}
