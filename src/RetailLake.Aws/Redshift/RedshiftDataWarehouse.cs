using Amazon.RedshiftDataAPIService;
using Amazon.RedshiftDataAPIService.Model;
using RetailLake.Core.Lake;
using RetailLake.Core.Warehouse;

namespace RetailLake.Aws.Redshift;

/// <summary>Redshift Serverless through its Data API: no connection, no network path, IAM only.</summary>
/// <param name="copyRole">ARN of the role that COPY and UNLOAD use.</param>
public sealed class RedshiftDataWarehouse(IAmazonRedshiftDataAPIService api, RedshiftAddress address, string copyRole, ILake lake, TimeProvider time) : IWarehouse
{
    private readonly RedshiftStatements statements = new(api, address, time);

    public SqlDialect Dialect { get; } = new RedshiftDialect(copyRole);

    public Task<string> SubmitAsync(StatementBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return statements.SubmitAsync(batch.Statements, batch.Name, batch.ClientToken, withEvent: true, cancellationToken);
    }

    public async Task<string?> ErrorOfAsync(string statementId, CancellationToken cancellationToken) =>
        await statements.DescribeAsync(statementId, cancellationToken) is { } found && RedshiftStatements.ErrorOf(found) is { Length: > 0 } text ? StatementErrors.Scrub(text) : null;

    /// <remarks>A single statement runs outside a transaction block: what widens a column is refused within one.</remarks>
    public async Task ExecuteAsync(IReadOnlyList<string> statements, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(statements);
        if (statements.Count == 1)
        {
            await this.statements.RunAsync(statements[0], cancellationToken);
            return;
        }

        var id = await this.statements.SubmitAsync(statements, name: null, clientToken: Guid.NewGuid().ToString(), withEvent: false, cancellationToken);
        await this.statements.EndOfAsync(id, cancellationToken);
    }

    public async Task<IReadOnlyList<IReadOnlyList<object?>>> QueryAsync(string sql, CancellationToken cancellationToken)
    {
        var ended = await statements.RunAsync(sql, cancellationToken);
        List<IReadOnlyList<object?>> rows = [];
        var request = new GetStatementResultRequest { Id = ended.Id };
        List<ColumnMetadata>? columns = null;
        do
        {
            GetStatementResultResponse page;
            try
            {
                page = await api.GetStatementResultAsync(request, cancellationToken);
            }
            catch (Exception fault)
            {
                throw RedshiftFaults.Outcome(fault, address, "a result", cancellationToken.IsCancellationRequested);
            }

            columns ??= page.ColumnMetadata;
            rows.AddRange((page.Records ?? []).Select(record => RedshiftValues.Row(record, columns)));
            request.NextToken = page.NextToken;
        }
        while (request.NextToken is { Length: > 0 });

        return rows;
    }

    /// <remarks>
    /// UNLOAD in the order of the query needs PARALLEL OFF; it cuts at 6.2 GB, and the parts follow each other by name. The parts are deleted when the stream is closed.
    /// Neither ESCAPE nor ADDQUOTES: the caller's query leaves no delimiter and no line break inside a field, and NULL is nothing, as with DuckDB's COPY TO.
    /// ENCRYPTED AUTO: with the bucket's key; without it UNLOAD asks for S3's own, whatever the bucket's default is.
    /// https://docs.aws.amazon.com/redshift/latest/dg/r_UNLOAD.html
    /// </remarks>
    public async Task<Stream> UnloadAsync(string query, char delimiter, CancellationToken cancellationToken)
    {
        var prefix = $"unload/{Guid.NewGuid():N}/";
        await statements.RunAsync(
            $"UNLOAD ({Dialect.Text(query)}) TO {Dialect.Text(lake.Locate(prefix + "part-"))} IAM_ROLE {Dialect.Text(copyRole)} DELIMITER AS {Dialect.Text(delimiter.ToString())} ENCRYPTED AUTO PARALLEL OFF",
            cancellationToken);
        List<string> parts = [];
        await foreach (var part in lake.ListAsync(prefix, cancellationToken))
        {
            parts.Add(part);
        }

        return new UnloadedStream(lake, parts);
    }
}
