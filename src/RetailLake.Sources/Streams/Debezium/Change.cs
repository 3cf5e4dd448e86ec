using RetailLake.Core.Rows.Drops;

namespace RetailLake.Sources.Streams.Debezium;

/// <summary>What one event does, and when.</summary>
/// <param name="Columns">Slots of the row's values by column; empty where there are none.</param>
internal readonly record struct Change(RowChange Kind, int[] Columns, long Version, long Drop, long Millis);
