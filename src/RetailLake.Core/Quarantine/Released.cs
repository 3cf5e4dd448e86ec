using RetailLake.Core.Drops;

namespace RetailLake.Core.Quarantine;

/// <param name="Drops">As they wait now for their load.</param>
/// <param name="Left">Of a whole feed: what cannot be released, or need not be.</param>
public sealed record Released(IReadOnlyList<DropRef> Drops, IReadOnlyList<LeftDrop> Left);

/// <param name="Why">In words, for people.</param>
public sealed record LeftDrop(string Id, string Name, string Why);
