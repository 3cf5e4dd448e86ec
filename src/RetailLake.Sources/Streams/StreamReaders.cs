using RetailLake.Core.Contracts;
using RetailLake.Core.Rows.Drops;
using RetailLake.Core.Streams;
using RetailLake.Sources.Streams.Debezium;
using RetailLake.Sources.Streams.Json;

namespace RetailLake.Sources.Streams;

/// <summary>The reader of a topic's records by the contract's format.</summary>
internal static class StreamReaders
{
    /// <param name="name">The segment's key, for errors.</param>
    public static DropReader Open(Contract contract, string name, Stream stored)
    {
        var segment = SegmentReader.Open(stored, name);
        return contract.Stream!.Format == StreamFormat.Json ? new JsonRecordReader(contract, segment) : new DebeziumReader(contract, segment);
    }
}
