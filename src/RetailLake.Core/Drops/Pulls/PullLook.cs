using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;

namespace RetailLake.Core.Drops.Pulls;

/// <summary>One look of an execution at a source's folders.</summary>
/// <remarks>
/// | pass | when                                    | looks into                    | a folder that cannot be read                |
/// | 0    | first                                   | all                           | is noted, unless none can: then it fails    |
/// | 1    | after files have settled                | those that were not down      | as in the first                             |
/// | 2    | last, only when a folder was down       | those that were               | fails with that folder's error              |
///
/// So a folder that is down keeps no other one out, and the execution still fails, at a state that a redrive enters again. Each folder is asked twice at most:
/// a login that is refused must not be repeated until its account is locked.
/// </remarks>
/// <param name="Execution">Name of the execution.</param>
/// <param name="Down">Feeds whose folders could not be read before. Null: nobody would look again, so no folder may be missing.</param>
public sealed record PullLook(string Execution, int Pass, IReadOnlyList<string>? Down = null)
{
    public const int Last = 2;

    /// <summary>Files that other pulls are at, see <see cref="PullsAtWork"/>.</summary>
    public IReadOnlySet<string> InHand { get; init; } = System.Collections.Frozen.FrozenSet<string>.Empty;

    public PullTime Time { get; init; } = PullTime.Unlimited;

    public bool Wants(IEnumerable<Contract> folder) => Pass == 0 || Down is null || folder.Any(feed => Down.Contains(feed.Feed)) == (Pass == Last);

    /// <summary>What is wrong with the lake itself is wrong for all folders.</summary>
    public bool GoesOnWithout(LakeException error) => Down is not null && Pass < Last && error is not (LakeUnavailableException or LakeAccessException);

    /// <param name="found">Folders that could not be read in this look.</param>
    /// <returns>Feeds that the last look asks for.</returns>
    public IReadOnlyList<string> StillDown(IReadOnlyList<FolderDown> found) => Pass == Last ? [] : [.. (Down ?? []).Concat(found.SelectMany(folder => folder.Feeds)).Distinct(StringComparer.Ordinal)];
}
