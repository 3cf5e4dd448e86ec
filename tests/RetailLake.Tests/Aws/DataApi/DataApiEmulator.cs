using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Amazon.RedshiftDataAPIService;
using Amazon.Runtime;
using Amazon.S3;
using DuckDB.NET.Data;

namespace RetailLake.Tests.Aws.DataApi;

/// <summary>
/// Redshift's Data API on loopback: statements run behind the answer, one transaction at a time, on DuckDB under Redshift's rules; their ends are events.
/// </summary>
internal sealed class DataApiEmulator(string folder, IAmazonS3 s3) : JsonEndpoint("RedshiftData", Required)
{
    private const int PageRows = 40;
    private const int MostStatements = 40;

    private static readonly Dictionary<string, string[]> Required = new()
    {
        ["ExecuteStatement"] = ["Sql", "Database", "WorkgroupName"],
        ["BatchExecuteStatement"] = ["Sqls", "Database", "WorkgroupName"],
        ["DescribeStatement"] = ["Id"],
        ["GetStatementResult"] = ["Id"],
        ["CancelStatement"] = ["Id"],
    };

    private readonly RedshiftDatabase database = new(folder, s3);
    private readonly ConcurrentDictionary<string, Statement> statements = new();
    private readonly ConcurrentDictionary<string, string> byToken = new();
    private readonly SemaphoreSlim turn = new(1);

    /// <summary>Gets the event of each statement that asked for one, as EventBridge delivers it: at least once.</summary>
    public Func<JsonObject, Task> OnStatus { get; set; } = _ => Task.CompletedTask;

    /// <summary>An answer in place of the operation's own; asked before it is carried out.</summary>
    public Func<string, JsonObject, Answer?> Refuse { get; set; } = (_, _) => null;

    /// <summary>Whether the answer gets lost after the operation was carried out.</summary>
    public Func<string, JsonObject, bool> Lose { get; set; } = (_, _) => false;

    /// <summary>An error of Redshift in place of a transaction's end.</summary>
    public Func<IReadOnlyList<string>, string?> Fail { get; set; } = _ => null;

    public AccessRules Access => database.Access;

    public AmazonRedshiftDataAPIServiceClient Client() =>
        new(new BasicAWSCredentials(AccessKey, Secret), new AmazonRedshiftDataAPIServiceConfig { ServiceURL = Url, AuthenticationRegion = "ap-south-1" });

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Task.WhenAll(statements.Values.Select(statement => statement.Running));
        database.Dispose();
        turn.Dispose();
    }

    protected override Task<Answer> AnswerAsync(string operation, JsonObject body)
    {
        var answer = Refuse(operation, body) ?? operation switch
        {
            "ExecuteStatement" => Submit([(string)body["Sql"]!], body, isBlock: false),
            "BatchExecuteStatement" => Submit([.. body["Sqls"]!.AsArray().Select(sql => (string)sql!)], body, isBlock: true),
            "DescribeStatement" => Find(body, statement => statement.Describe()),
            "GetStatementResult" => Find(body, statement => Page(statement, body)),
            _ => Find(body, statement => new JsonObject { ["Status"] = statement.TryCancel() }),
        };
        return Task.FromResult(Lose(operation, body) ? Answer.Error("InternalServerException", "the operation was carried out, and its answer got lost", 503) : answer);
    }

    private static JsonObject Page(Statement statement, JsonObject body)
    {
        var result = statement.Result ?? throw new InvalidOperationException("Query does not have result. Please check query status with DescribeStatement.");
        var from = body["NextToken"] is { } token ? int.Parse((string)token!, CultureInfo.InvariantCulture) : 0;
        var page = new JsonObject
        {
            ["ColumnMetadata"] = new JsonArray([.. result.Columns.Select(column => column.DeepClone())]),
            ["Records"] = new JsonArray([.. result.Rows.Skip(from).Take(PageRows).Select(row => row.DeepClone())]),
            ["TotalNumRows"] = result.Rows.Count,
        };
        if (from + PageRows < result.Rows.Count)
        {
            page["NextToken"] = (from + PageRows).ToString(CultureInfo.InvariantCulture);
        }

        return page;
    }

    private Answer Find(JsonObject body, Func<Statement, JsonObject> answer)
    {
        try
        {
            return statements.TryGetValue((string)body["Id"]!, out var statement) ? new(answer(statement).ToJsonString()) : Answer.Error("ResourceNotFoundException", "Query does not exist.");
        }
        catch (InvalidOperationException e)
        {
            return Answer.Error("ResourceNotFoundException", e.Message);
        }
    }

    private Answer Submit(IReadOnlyList<string> sqls, JsonObject body, bool isBlock)
    {
        if (sqls.Count is 0 or > MostStatements || sqls.Any(sql => System.Text.Encoding.UTF8.GetByteCount(sql) > 100_000))
        {
            return Answer.Error("ValidationException", "Sqls: at most 40 statements of 100 KB");
        }

        var id = Guid.NewGuid().ToString();
        if (body["ClientToken"] is { } token && (id = byToken.GetOrAdd((string)token!, id)) is { } known && statements.ContainsKey(known))
        {
            return new(new JsonObject { ["Id"] = known }.ToJsonString());
        }

        var statement = new Statement(id, (string?)body["StatementName"], sqls, isBlock);
        statements[id] = statement;
        statement.Running = Task.Run(() => RunAsync(statement, (bool?)body["WithEvent"] == true));
        return new(new JsonObject { ["Id"] = id, ["Database"] = (string?)body["Database"], ["WorkgroupName"] = (string?)body["WorkgroupName"] }.ToJsonString());
    }

    private async Task RunAsync(Statement statement, bool withEvent)
    {
        await turn.WaitAsync();
        try
        {
            if (statement.TryStart())
            {
                await ExecuteAsync(statement);
            }
        }
        catch (Exception e) when (e is RedshiftException or DuckDBException)
        {
            statement.Fail(e is RedshiftException ? e.Message : "ERROR: " + e.Message);
        }
        finally
        {
            turn.Release();
        }

        if (withEvent)
        {
            await OnStatus(statement.Event());
        }
    }

    private async Task ExecuteAsync(Statement statement)
    {
        using var session = new RedshiftSession(database);
        if (statement.IsBlock)
        {
            session.Begin();
        }

        foreach (var sql in statement.Sqls)
        {
            statement.At(sql);
            statement.Result = await session.RunAsync(sql, statement.IsBlock) ?? statement.Result;
        }

        if (Fail(statement.Sqls) is { } failure)
        {
            throw new RedshiftException(failure);
        }

        if (statement.IsBlock)
        {
            session.Commit();
        }

        statement.Finish();
    }
}
