namespace RetailLake.Local.Demo;

/// <summary>A table of a demo database as MariaDB itself counts it: rows, and the exact sum of each column worth comparing, as text.</summary>
public sealed record DemoTotals(string Database, string Table, long Rows, IReadOnlyDictionary<string, string> Sums);

/// <summary>What one table went through in a day.</summary>
public sealed record DemoChange(string Database, string Table, long Inserted, long Updated, long Deleted);

/// <summary>Rows of a table that break a rule.</summary>
public sealed record DemoDirt(string Database, string Table, string Rule, long Rows);
