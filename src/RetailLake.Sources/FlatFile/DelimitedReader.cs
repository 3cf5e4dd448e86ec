using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Sources.Drops;

namespace RetailLake.Sources.FlatFile;

/// <summary>Delimited drops: any delimiter, quotes after RFC 4180 or none, a header row or positions, record types.</summary>
/// <remarks>
/// A record with another number of fields, or with a quote where none may stand, is a refused row, in the latter case its first line; a missing or doubled name in the
/// header, an unclosed quote on the last line and, where completeness is proven by nothing better, a missing last line end refuse the drop. Empty lines are skipped and counted.
/// </remarks>
public sealed class DelimitedReader : FlatFileReader
{
    /// <param name="content">Disposed with the reader.</param>
    public DelimitedReader(Contract contract, DropRef drop, DropContent content)
        : this(contract, drop, content, RecordScanner.DefaultBufferBytes)
    {
    }

    /// <param name="bufferBytes">To begin with; it grows with the longest record.</param>
    internal DelimitedReader(Contract contract, DropRef drop, DropContent content, int bufferBytes)
        : base(contract, drop, content, Layout(contract, content.Faults, bufferBytes))
    {
    }

    private static DelimitedFields Layout(Contract contract, DropFaults faults, int bufferBytes)
    {
        var layout = contract.Drop!.Delimited ?? throw faults.Contract("Found no delimited layout");
        return new DelimitedFields(layout, faults, new DelimitedScanner(layout, faults, contract.Drop.Proof.Kind == ProofKind.Stable, bufferBytes));
    }
}
