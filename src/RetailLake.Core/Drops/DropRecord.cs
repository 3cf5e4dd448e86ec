namespace RetailLake.Core.Drops;

/// <summary>
/// What says that a drop has landed; an object under <c>drops/</c>, whose creation starts the feed. Written after the drop's bytes, once.
/// </summary>
/// <param name="Contract">Id of the feed's contract, <c>source.feed</c>.</param>
/// <param name="Proof">What showed that the drop is complete, in words: <c>marker 'a.csv.done'</c>.</param>
/// <param name="ArrivedAt">When the record was made. It is no part of the drop's id.</param>
public sealed record DropRecord(DropRef Drop, string Contract, string Proof, DateTimeOffset ArrivedAt);
