namespace RetailLake.Core.Quarantine;

/// <summary>What to take out of quarantine.</summary>
/// <param name="Execution">The run that refused or rejected it; null: all of the feed.</param>
/// <param name="Drops">Ids or names of drops; of a name its latest version. Empty: those that were refused, and those with rejected rows.</param>
/// <param name="By">Who asks; kept in the ledger.</param>
public sealed record ReleaseRequest(string? Execution, IReadOnlyList<string> Drops, string By);
