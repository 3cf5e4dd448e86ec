using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Drops.Intake;
using RetailLake.Core.Lake;

namespace RetailLake.Local.Running;

/// <summary>What lies under <c>drops/</c> and is no drop, or none yet, and why. Landed drops: <see cref="DropReports"/>.</summary>
public sealed class PendingFiles(ILake lake, ContractCatalog contracts, TimeProvider time)
{
    /// <param name="source">Null: of all sources.</param>
    public async Task<IReadOnlyList<PendingFile>> ListAsync(string? source, CancellationToken cancellationToken)
    {
        var intake = new DropIntake(lake, new FileSystemUploads(lake, time), time);
        List<PendingFile> files = [];
        foreach (var contract in contracts.All.Where(contract => contract.Drop is not null && (source is null || contract.Source == source)))
        {
            await foreach (var id in DropRecords.ListIdsAsync(lake, contract.Source, contract.Feed, cancellationToken))
            {
                if (await DropRecords.TryReadAsync(lake, contract.Source, contract.Feed, id, cancellationToken) is null)
                {
                    files.Add(new(contract.Id, $"{id}{DropRecords.Suffix}", "refused", "it is named like a drop record and is none of this feed"));
                }
            }

            files.AddRange((await intake.LookAsync(contract, cancellationToken)).Select(result =>
                new PendingFile(contract.Id, Shown.Of(result.Name), result.Outcome.ToString().ToLowerInvariant(), result.Reason is { } reason ? $"it {reason}" : "its bytes are looked at next")));
        }

        return files;
    }
}

/// <param name="Name">The sender's, made printable.</param>
/// <param name="State">ready | waiting | refused.</param>
public sealed record PendingFile(string Contract, string Name, string State, string Why);
