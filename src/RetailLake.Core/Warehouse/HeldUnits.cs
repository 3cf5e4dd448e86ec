namespace RetailLake.Core.Warehouse;

/// <summary>How many units of a feed of topics wait for missing rows.</summary>
/// <param name="Expired">Those that wait longer than the contract allows; they are in <paramref name="Waiting"/> too.</param>
public sealed record HeldUnits(long Waiting, long Expired);
