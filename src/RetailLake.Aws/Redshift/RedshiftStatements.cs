using Amazon.RedshiftDataAPIService;
using Amazon.RedshiftDataAPIService.Model;
using RetailLake.Core.Warehouse;

namespace RetailLake.Aws.Redshift;

/// <summary>Sends statements to the Data API and waits for their end.</summary>
/// <remarks>https://docs.aws.amazon.com/redshift/latest/mgmt/data-api.html</remarks>
internal sealed class RedshiftStatements(IAmazonRedshiftDataAPIService api, RedshiftAddress address, TimeProvider time)
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan MostBetweenLooks = TimeSpan.FromSeconds(1);

    /// <summary>One transaction.</summary>
    /// <param name="clientToken">Null: the SDK repeats nothing that was sent, so a lost answer may leave a statement that runs.</param>
    /// <returns>Statement id.</returns>
    public async Task<string> SubmitAsync(IReadOnlyList<string> statements, string? name, string? clientToken, bool withEvent, CancellationToken cancellationToken)
    {
        Check(statements);
        try
        {
            return (await api.BatchExecuteStatementAsync(
                new()
                {
                    WorkgroupName = address.Workgroup, Database = address.Database, Sqls = [.. statements], StatementName = name, ClientToken = clientToken, WithEvent = withEvent,
                },
                cancellationToken)).Id;
        }
        catch (Exception fault)
        {
            throw RedshiftFaults.Outcome(fault, address, "a batch");
        }
    }

    /// <summary>One statement outside a transaction block, as some of them must be (ALTER TABLE … ALTER COLUMN).</summary>
    public async Task<DescribeStatementResponse> RunAsync(string statement, CancellationToken cancellationToken)
    {
        Check([statement]);
        string id;
        try
        {
            id = (await api.ExecuteStatementAsync(new() { WorkgroupName = address.Workgroup, Database = address.Database, Sql = statement }, cancellationToken)).Id;
        }
        catch (Exception fault)
        {
            throw RedshiftFaults.Outcome(fault, address, "a statement");
        }

        return await EndOfAsync(id, cancellationToken);
    }

    /// <returns>Null when the Data API no longer knows it: it forgets after 24 hours.</returns>
    public async Task<DescribeStatementResponse?> DescribeAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await api.DescribeStatementAsync(new() { Id = id }, cancellationToken);
        }
        catch (ResourceNotFoundException)
        {
            return null;
        }
        catch (Exception fault)
        {
            throw RedshiftFaults.Outcome(fault, address, $"statement '{id}'");
        }
    }

    /// <exception cref="Core.Errors.LoadFailedException">It failed; other classes by its text.</exception>
    public async Task<DescribeStatementResponse> EndOfAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            for (var wait = FirstLook; ; wait = wait * 1.5 > MostBetweenLooks ? MostBetweenLooks : wait * 1.5)
            {
                await Task.Delay(wait, time, cancellationToken);
                var statement = await DescribeAsync(id, cancellationToken) ?? throw StatementErrors.Map($"statement '{id}' does not exist any more");
                if (statement.Status == StatusString.FINISHED)
                {
                    return statement;
                }

                if (statement.Status == StatusString.FAILED || statement.Status == StatusString.ABORTED)
                {
                    throw StatementErrors.Map(ErrorOf(statement) ?? $"Query cancelled: statement '{id}' was {statement.Status.Value}");
                }
            }
        }
        catch (OperationCanceledException)
        {
            await CancelAsync(id);
            throw;
        }
    }

    /// <summary>A batch's own text names its failing statement only; that statement has the reason.</summary>
    public static string? ErrorOf(DescribeStatementResponse statement) =>
        statement.SubStatements?.FirstOrDefault(part => part.Status == StatementStatusString.FAILED && part.Error is { Length: > 0 })?.Error ?? statement.Error;

    // What nobody waits for any more must not hold locks for two hours.
    private async Task CancelAsync(string id)
    {
        try
        {
            await api.CancelStatementAsync(new() { Id = id }, CancellationToken.None);
        }
        catch (Exception fault) when (fault is AmazonRedshiftDataAPIServiceException or HttpRequestException or Amazon.Runtime.AmazonClientException)
        {
            // It ended meanwhile, or the workgroup's time limit ends it; the caller's own reason is passed on.
            return;
        }
    }

    private static void Check(IReadOnlyList<string> statements)
    {
        if (statements.Count is 0 or > LoadScript.MaxStatements)
        {
            throw new ArgumentException($"Found {statements.Count} statements; the Data API takes 1 to {LoadScript.MaxStatements} in one transaction. Nothing was sent. Split the contract.", nameof(statements));
        }

        var longest = statements.Max(System.Text.Encoding.UTF8.GetByteCount);
        if (longest > LoadScript.MaxStatementBytes)
        {
            throw new ArgumentException($"Found a statement of {longest:N0} bytes; the Data API takes {LoadScript.MaxStatementBytes:N0}. Nothing was sent. Split the contract or the run.", nameof(statements));
        }
    }
}
