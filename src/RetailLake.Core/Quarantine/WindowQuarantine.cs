using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;
using RetailLake.Core.Sources;
using RetailLake.Core.Warehouse;

namespace RetailLake.Core.Quarantine;

/// <summary>Feeds of databases: rows are released by reading them again, from where the window of the run began that rejected them.</summary>
public sealed class WindowQuarantine(ILake lake, IWarehouse warehouse)
{
    private readonly LedgerQueries ledger = new(warehouse);

    /// <returns>The execution whose window's start is to be read from.</returns>
    /// <exception cref="ReleaseRefusedException">It rejected nothing, or a later run has judged its rows again.</exception>
    public async Task<string> FromAsync(Contract contract, ReleaseRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(contract);
        ArgumentNullException.ThrowIfNull(request);
        if (request.Drops.Count > 0)
        {
            throw new ReleaseRefusedException($"Found drops named for '{contract.Id}', which reads a database.", "Nothing was released.", "Leave them out; the rows are read again from the source.");
        }

        var open = await OpenAsync(contract, cancellationToken);
        if (request.Execution is not { } execution)
        {
            // The earliest start holds all the others.
            return open.OrderBy(row => row.WindowLo ?? DateTimeOffset.MinValue).ThenBy(row => row.Ordinal).FirstOrDefault()?.Execution
                ?? throw QuarantineErrors.Nothing($"of '{contract.Id}'", "no published run rejected rows, or a later one has judged them again");
        }

        if (await ledger.OfExecutionAsync(contract.Id, execution, cancellationToken) is null)
        {
            var isPlanned = await lake.TryReadAsync<RunPlan>(new RunKeys(contract.Source, contract.Feed, execution).Plan, cancellationToken) is not null;
            throw isPlanned ? QuarantineErrors.NotPublished(contract, execution) : QuarantineErrors.Unknown(contract, execution);
        }

        return open.Any(row => row.Execution == execution) ? execution
            : throw QuarantineErrors.Nothing($"of execution '{execution}'", "it rejected no row, or a later run has judged its rows again");
    }

    /// <summary>For the planner: the start of the window that is read again.</summary>
    /// <exception cref="ReleaseRefusedException">The ledger has no such execution of the feed.</exception>
    public async Task<ReadAgain> StartOfAsync(Contract contract, string execution, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(contract);
        var row = await ledger.OfExecutionAsync(contract.Id, execution, cancellationToken) ?? throw QuarantineErrors.Unknown(contract, execution);
        return new(execution, row.WindowLo);
    }

    /// <summary>Loads that rejected rows and that no later load covers.</summary>
    public async Task<IReadOnlyList<LedgerRow>> OpenAsync(Contract contract, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(contract);
        var rejecting = await ledger.RejectingAsync(contract.Id, cancellationToken);
        return [.. rejecting.Where(row => !row.IsJudgedAgain)];
    }
}
