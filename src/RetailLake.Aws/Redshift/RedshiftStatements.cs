using System.Globalization;
using System.Text;
using Amazon.RedshiftDataAPIService;
using Amazon.RedshiftDataAPIService.Model;
using Amazon.Runtime;
using RetailLake.Core.Errors;
using RetailLake.Core.Warehouse;

namespace RetailLake.Aws.Redshift;

/// <summary>Sends statements to the Data API and waits for their end.</summary>
/// <remarks>https://docs.aws.amazon.com/redshift/latest/mgmt/data-api.html</remarks>
internal sealed class RedshiftStatements(IAmazonRedshiftDataAPIService api, RedshiftAddress address, TimeProvider time)
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan MostForCancel = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MostBetweenLooks = TimeSpan.FromSeconds(1);

    /// <summary>One transaction.</summary>
    /// <param name="clientToken">What the SDK repeats after a lost answer under the same token is the same statement.</param>
    /// <returns>Statement id.</returns>
    public async Task<string> SubmitAsync(IReadOnlyList<string> statements, string? name, string clientToken, bool withEvent, CancellationToken cancellationToken)
    {
        Check(statements);
        try
        {
            return IdOf((await api.BatchExecuteStatementAsync(
                new()
                {
                    WorkgroupName = address.Workgroup, Database = address.Database, Sqls = [.. statements], StatementName = name, ClientToken = clientToken, WithEvent = withEvent,
                },
                cancellationToken)).Id);
        }
        catch (Exception fault)
        {
            throw RedshiftFaults.Outcome(fault, address, "a batch", cancellationToken.IsCancellationRequested);
        }
    }

    /// <summary>One statement outside a transaction block, as some of them must be (ALTER TABLE … ALTER COLUMN).</summary>
    public async Task<DescribeStatementResponse> RunAsync(string statement, CancellationToken cancellationToken)
    {
        Check([statement]);
        string id;
        try
        {
            id = IdOf((await api.ExecuteStatementAsync(
                new() { WorkgroupName = address.Workgroup, Database = address.Database, Sql = statement, ClientToken = Guid.NewGuid().ToString() }, cancellationToken)).Id);
        }
        catch (Exception fault)
        {
            throw RedshiftFaults.Outcome(fault, address, "a statement", cancellationToken.IsCancellationRequested);
        }

        return await EndOfAsync(id, cancellationToken);
    }

    /// <summary>A connection that is cut behind the status line leaves an answer of 200 with nothing in it.</summary>
    private string IdOf(string? id) => id is { Length: > 0 } ? id : throw new WarehouseUnavailableException(
        $"Found an answer of the Data API without a statement's id, in workgroup '{address.Workgroup}'.", "The statement may run; the ledger says what became of it.", "It is tried again.");

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
            throw RedshiftFaults.Outcome(fault, address, $"statement '{id}'", cancellationToken.IsCancellationRequested);
        }
    }

    /// <exception cref="LoadFailedException">It failed; other classes by its text.</exception>
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
        catch (OperationCanceledException given)
        {
            throw new OperationCanceledException(
                $"Found the wait for statement '{id}' given up before its end. {await CancelAsync(id)} Look for it in sys_query_history before it is run by hand.", given, cancellationToken);
        }
    }

    /// <summary>A batch's own text names its failing statement only; that statement has the reason.</summary>
    public static string? ErrorOf(DescribeStatementResponse statement) =>
        statement.SubStatements?.FirstOrDefault(part => part.Status == StatementStatusString.FAILED && part.Error is { Length: > 0 })?.Error ?? statement.Error;

    // What nobody waits for any more must not hold locks for two hours.
    private async Task<string> CancelAsync(string id)
    {
        using var patience = new CancellationTokenSource(MostForCancel, time);
        try
        {
            return (await api.CancelStatementAsync(new() { Id = id }, patience.Token)).Status == true
                ? "It was cancelled and rolled back."
                : "It had ended, and may have been committed.";
        }
        catch (Exception fault) when (fault is AmazonServiceException or AmazonClientException or HttpRequestException or OperationCanceledException)
        {
            return $"It could not be cancelled ({fault.GetType().Name}) and may still run and commit.";
        }
    }

    private static void Check(IReadOnlyList<string> statements)
    {
        if (statements.Count is 0 or > LoadScript.MaxStatements)
        {
            throw new ContractInvalidException(
                $"Found {statements.Count} statements; the Data API takes 1 to {LoadScript.MaxStatements} in one transaction.", "Nothing was sent.", "Split the contract: at most four tables belong together.");
        }

        var longest = statements.Max(Encoding.UTF8.GetByteCount);
        if (longest > LoadScript.MaxStatementBytes)
        {
            throw new ContractInvalidException(
                string.Create(CultureInfo.InvariantCulture, $"Found a statement of {longest:N0} bytes; the Data API takes {LoadScript.MaxStatementBytes:N0}."), "Nothing was sent.",
                "Split the contract, or drop columns or control totals.");
        }
    }
}
