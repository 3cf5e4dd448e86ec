using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Rows.Drops;
using RetailLake.Core.Streams;
using RetailLake.Sources.Streams.Debezium;
using RetailLake.Sources.Streams.Json;

namespace RetailLake.Sources.Streams;

/// <summary>The reader of a topic's records by the contract's format.</summary>
internal static class StreamReaders
{
    public static DropReader Open(Contract contract, DropRef drop, Stream stored)
    {
        var segment = SegmentReader.Open(stored, drop.Object.Key);
        return contract.Stream!.Format == StreamFormat.Json ? new JsonRecordReader(contract, segment, drop.FirstOffset ?? 0) : new DebeziumReader(contract, segment, drop.FirstOffset ?? 0);
    }
}
