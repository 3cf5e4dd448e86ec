using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Rows.Drops;
using RetailLake.Sources.FlatFile;
using RetailLake.Sources.Streams;
using RetailLake.Sources.Xml;

namespace RetailLake.Sources.Drops;

/// <summary>The readers of all formats of drops, and of topics; a new format is one more line.</summary>
public sealed class DropReaders : IDropReaders
{
    private static readonly Dictionary<DropFormat, Func<Contract, DropRef, DropContent, DropReader>> Formats = new()
    {
        [DropFormat.Delimited] = static (contract, drop, content) => new DelimitedReader(contract, drop, content),
        [DropFormat.Fixed] = static (contract, drop, content) => new FixedReader(contract, drop, content),
        [DropFormat.Xml] = static (contract, drop, content) => new XmlDropReader(contract, drop, content),
    };

    public DropReader Open(Contract contract, DropRef drop, Stream stored)
    {
        ArgumentNullException.ThrowIfNull(contract);
        ArgumentNullException.ThrowIfNull(drop);
        if (contract.Stream is not null)
        {
            return StreamReaders.Open(contract, drop, stored);
        }

        var content = new DropContent(contract, drop, stored);
        try
        {
            return Formats.TryGetValue(contract.Drop!.Format, out var open)
                ? open(contract, drop, content)
                : throw content.Faults.Contract($"Found the format '{contract.Drop.Format}', which no reader takes,");
        }
        catch
        {
            content.Dispose();
            throw;
        }
    }
}
