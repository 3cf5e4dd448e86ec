using System.Text;
using MySqlConnector;
using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;

namespace RetailLake.Sources.MySql;

/// <summary>A first contract of tables as they are, for a person to review: <c>lake contract new mysql://user:password@host:3306/db --table t</c>.</summary>
public static class ContractDraft
{
    /// <exception cref="SourceSchemaException">A table is missing, has no key, or does not belong to the others.</exception>
    /// <exception cref="SourceUnavailableException">No server answers.</exception>
    /// <exception cref="SourceAccessException">The server refuses the user.</exception>
    public static async Task<DraftedContract> WriteAsync(ContractDraftRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var tables = new List<ContractDraftTable>();
        await using (var connection = await OpenAsync(request, cancellationToken))
        {
            foreach (var table in request.Tables)
            {
                tables.Add(await ContractDraftSchema.ReadAsync(connection, request.Database, table, cancellationToken));
            }
        }

        var family = ContractDraftFamily.Of(tables);
        var source = request.Source ?? ContractDraftNames.NameOf(request.Database);
        var feed = request.Feed ?? ContractDraftNames.NameOf(family[0].Table.Name);
        var yaml = ContractDraftYaml.Write(request, source, feed, family);
        return new(source, feed, yaml, ContractLoader.Read(source, feed, Encoding.UTF8.GetBytes(yaml), $"contracts/{source}/{feed}{ContractLoader.Ending}"));
    }

    private static async Task<MySqlConnection> OpenAsync(ContractDraftRequest request, CancellationToken cancellationToken)
    {
        var connection = new MySqlConnection(new MySqlConnectionStringBuilder
        {
            Server = request.Host,
            Port = (uint)request.Port,
            Database = request.Database,
            UserID = request.User,
            Password = request.Password,
            Pooling = false,
        }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch (MySqlException exception)
        {
            await connection.DisposeAsync();
            var where = $"'{request.Host}:{request.Port}/{request.Database}'";
            throw exception.ErrorCode is MySqlErrorCode.AccessDenied or MySqlErrorCode.DatabaseAccessDenied or MySqlErrorCode.UnknownDatabase
                ? new SourceAccessException($"Found {where} refusing '{request.User}': {exception.Message}.", "No contract was written.", "Correct user, password or database, or grant SELECT.", exception)
                : new SourceUnavailableException($"Found no server at {where}: {exception.Message}.", "No contract was written.", "Correct host and port, or open the way there.", exception);
        }
    }
}
