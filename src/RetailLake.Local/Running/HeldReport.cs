using RetailLake.Core.Warehouse;

namespace RetailLake.Local.Running;

/// <summary>What one feed of topics holds back.</summary>
/// <param name="Contract"><c>source.feed</c>.</param>
/// <param name="Waiting">Units; null while the contract's tables lack a column that the next migration adds, so that nothing can be asked of them.</param>
/// <param name="Overdue">Of these, those that wait longer than the contract allows.</param>
/// <param name="Units">As many as were asked for, the one that waits longest first.</param>
public sealed record HeldReport(string Contract, long? Waiting, long? Overdue, IReadOnlyList<HeldUnit> Units);
