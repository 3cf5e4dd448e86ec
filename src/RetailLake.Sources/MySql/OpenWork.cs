namespace RetailLake.Sources.MySql;

/// <summary>What is under way on the server, in its own clock.</summary>
/// <param name="HasUnknownStart">A transaction without a connection has changed rows: prepared (XA) and left, or recovered after a crash, when its start is the restart.</param>
/// <param name="CanSee">False without the PROCESS privilege, or where other servers write too (a Galera cluster).</param>
internal sealed record OpenWork(
    DateTimeOffset Now, DateTimeOffset? OldestStatement, DateTimeOffset? OldestTransaction, bool HasUnknownStart, bool CanSee);
