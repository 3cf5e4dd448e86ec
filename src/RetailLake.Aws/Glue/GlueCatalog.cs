using System.Net;
using Amazon.Glue;
using Amazon.Glue.Model;
using Amazon.Runtime;
using RetailLake.Core.Catalog;
using RetailLake.Core.Errors;

namespace RetailLake.Aws.Glue;

/// <summary>The catalog in Glue (<c>glue://database</c>): a table per contract table, a partition per published run.</summary>
public sealed class GlueCatalog : ICatalog
{
    private const int MostAttempts = 5;
    private const string NotRegistered = "The run is published in the warehouse, and its curated objects are not registered.";

    private readonly IAmazonGlue glue;
    private readonly TimeProvider time;
    private readonly string database;

    public GlueCatalog(IAmazonGlue glue, string uri, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(uri);
        (this.glue, this.time) = (glue, time);
        const string scheme = "glue://";
        database = uri.StartsWith(scheme, StringComparison.Ordinal) && uri[scheme.Length..].TrimEnd('/') is { Length: > 0 } name && !name.Contains('/', StringComparison.Ordinal)
            ? name
            : throw new ArgumentException($"Found the catalog URI '{uri}'; Glue's is 'glue://database'. Nothing was opened. Correct CATALOG_URI.", nameof(uri));
    }

    public async Task RegisterAsync(IReadOnlyList<CuratedPartition> run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        foreach (var partition in run)
        {
            await RegisterAsync(partition, cancellationToken);
        }
    }

    private async Task RegisterAsync(CuratedPartition partition, CancellationToken cancellationToken)
    {
        var table = GlueTables.Of(partition);
        try
        {
            await EnsureAsync(table, cancellationToken);
            await AddAsync(table, partition, cancellationToken);
        }
        catch (AmazonServiceException fault) when (fault.StatusCode == HttpStatusCode.Forbidden || fault.ErrorCode == "AccessDeniedException")
        {
            throw new LakeAccessException(
                $"Found Glue's refusal '{fault.ErrorCode}' at table '{database}.{table.Name}'.", NotRegistered,
                "Compare the function's role with template.yaml (and the database's grants in Lake Formation), then redrive the execution.", fault);
        }
        catch (Exception fault) when (fault is HttpRequestException or AmazonClientException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new LakeUnavailableException(
                $"Found no answer from Glue at table '{database}.{table.Name}' ({fault.GetType().Name}).", NotRegistered,
                "It is tried again; when it persists, check the endpoint 'glue' of the VPC and its security groups, then redrive the execution.", fault);
        }
        catch (AmazonServiceException fault)
        {
            throw new LakeUnavailableException(
                $"Found Glue's answer {(int)fault.StatusCode} '{fault.ErrorCode}' at table '{database}.{table.Name}'.", NotRegistered,
                "It is tried again; when it persists, look at the table in Glue, then redrive the execution.", fault);
        }
    }

    /// <summary>Of two that bring a table up to date at once one is refused, reads the other's columns, and adds its own.</summary>
    private async Task EnsureAsync(TableInput wanted, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await BringUpToDateAsync(wanted, cancellationToken);
                return;
            }
            catch (ConcurrentModificationException) when (attempt < MostAttempts)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(50, 250) * attempt), time, cancellationToken);
            }
        }
    }

    private async Task BringUpToDateAsync(TableInput wanted, CancellationToken cancellationToken)
    {
        if (await FindAsync(wanted.Name, cancellationToken) is not { } found)
        {
            try
            {
                await glue.CreateTableAsync(new() { DatabaseName = database, TableInput = wanted }, cancellationToken);
                return;
            }
            catch (AlreadyExistsException)
            {
                // Another feed's run was first; its columns are the same contract's, or are brought up to date below.
                found = await FindAsync(wanted.Name, cancellationToken) ?? throw new LakeUnavailableException(
                    $"Found table '{database}.{wanted.Name}' that exists and cannot be read.", "Its partition is not registered.", "It is tried again.");
            }
        }

        if (!GlueTables.Holds(found, wanted))
        {
            // Under the version that was read, so that nobody's columns are overwritten.
            await glue.UpdateTableAsync(new() { DatabaseName = database, TableInput = GlueTables.Merge(found, wanted), VersionId = found.VersionId, SkipArchive = true }, cancellationToken);
        }
    }

    private async Task<Table?> FindAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return (await glue.GetTableAsync(new() { DatabaseName = database, Name = name }, cancellationToken)).Table;
        }
        catch (EntityNotFoundException)
        {
            return null;
        }
    }

    private async Task AddAsync(TableInput table, CuratedPartition partition, CancellationToken cancellationToken)
    {
        var answer = await glue.BatchCreatePartitionAsync(
            new() { DatabaseName = database, TableName = table.Name, PartitionInputList = [GlueTables.PartitionOf(table, partition)] }, cancellationToken);

        // An answer of 200 may list errors.
        if ((answer.Errors ?? []).FirstOrDefault(error => error.ErrorDetail?.ErrorCode != nameof(AlreadyExistsException)) is { } refused)
        {
            throw new LakeUnavailableException(
                $"Found Glue's error '{refused.ErrorDetail?.ErrorCode}' for partition 'run={partition.Execution}' of '{database}.{table.Name}'.",
                NotRegistered, "It is tried again; when it persists, look at the table in Glue, then redrive the execution.");
        }
    }
}
