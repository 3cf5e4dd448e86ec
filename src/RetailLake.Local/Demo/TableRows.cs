namespace RetailLake.Local.Demo;

/// <summary>One table's rows, written in the order of its columns.</summary>
internal sealed record TableRows(string Database, string Table, Action<TabWriter> Write);
