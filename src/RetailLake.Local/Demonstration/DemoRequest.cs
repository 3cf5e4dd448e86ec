namespace RetailLake.Local.Demonstration;

/// <param name="OrderLines">Everything else grows with them.</param>
public sealed record DemoRequest(long OrderLines, int Seed);
