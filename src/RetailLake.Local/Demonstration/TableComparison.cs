namespace RetailLake.Local.Demonstration;

/// <summary>One table in the source and in the warehouse, each counted by its own database. Keys that are in quarantine are left out on both sides and counted apart.</summary>
/// <param name="Sums">How many column sums were compared.</param>
public sealed record TableComparison(string Table, long SourceRows, long WarehouseRows, long Quarantined, int Sums, IReadOnlyList<string> Differences)
{
    public bool IsEqual => Differences.Count == 0;
}
