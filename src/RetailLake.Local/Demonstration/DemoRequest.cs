namespace RetailLake.Local.Demonstration;

/// <param name="OrderLines">Everything else grows with them, but for the tills' bills.</param>
public sealed record DemoRequest(long OrderLines, int Seed, long Bills, double BillsPerSecond);
