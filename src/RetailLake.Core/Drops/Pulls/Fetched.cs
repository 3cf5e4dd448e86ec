using RetailLake.Core.Lake;

namespace RetailLake.Core.Drops.Pulls;

/// <summary>How far a fetch came.</summary>
/// <param name="Landed">Only with <see cref="FetchOutcome.Landed"/>.</param>
/// <param name="Disagreement">Only with <see cref="FetchOutcome.Refused"/>.</param>
internal sealed record Fetched(FetchOutcome Outcome, long Bytes, LakeObject? Landed = null, string? Disagreement = null, string? Sha256 = null)
{
    public static Fetched Refused(Content content, string disagreement) => new(FetchOutcome.Refused, content.Bytes, null, disagreement, content.Sha256);
}
