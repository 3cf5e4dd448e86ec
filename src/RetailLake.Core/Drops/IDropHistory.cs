namespace RetailLake.Core.Drops;

/// <summary>What loads have done with drops; asked by the planner. Answered from <c>ops.drop_ledger</c>.</summary>
public interface IDropHistory
{
    /// <param name="recordIds">See <see cref="DropRef.RecordId"/>.</param>
    /// <returns>Those of the records that nothing is left to do about: the ledger has told what became of the delivery or release, or never released it.</returns>
    Task<IReadOnlySet<string>> KnownAsync(string contract, IReadOnlyCollection<string> recordIds, CancellationToken cancellationToken);

    /// <returns>Loaded drops whose content has one of these hashes.</returns>
    Task<IReadOnlyList<LoadedDrop>> WithContentAsync(string contract, IReadOnlyCollection<string> sha256, CancellationToken cancellationToken);
}

/// <param name="File">See <see cref="DropRef.FileNumber"/>.</param>
public sealed record LoadedDrop(string Id, string Sha256, long File, long Version);

/// <summary>A drop that is not loaded: rows of the same content are there in a higher version, so loading it could change nothing.</summary>
/// <param name="Of">Id of the drop that has the content.</param>
public sealed record DuplicateDrop(DropRef Drop, string Of);
