using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Sources.Drops;

namespace RetailLake.Sources.FlatFile;

/// <summary>Drops of fixed places, counted in characters or bytes, on lines or in records of one length.</summary>
/// <remarks>A record that is shorter or longer than the layout is a refused row; a torn last one refuses the drop.</remarks>
public sealed class FixedReader : FlatFileReader
{
    /// <param name="content">Disposed with the reader.</param>
    public FixedReader(Contract contract, DropRef drop, DropContent content)
        : this(contract, drop, content, RecordScanner.DefaultBufferBytes)
    {
    }

    /// <param name="bufferBytes">To begin with; it grows with the longest record.</param>
    internal FixedReader(Contract contract, DropRef drop, DropContent content, int bufferBytes)
        : base(contract, drop, content, Layout(contract, content.Faults, bufferBytes))
    {
    }

    private static FixedFields Layout(Contract contract, DropFaults faults, int bufferBytes)
    {
        var spec = contract.Drop!;
        var layout = spec.Fixed ?? throw faults.Contract("Found no fixed layout");
        if (layout.Unit == FixedUnit.Bytes && DropText.IsUtf16(spec.Encoding))
        {
            throw faults.Contract("Found places counted in bytes of utf-16; they are counted in characters");
        }

        return new FixedFields(layout, faults, new FixedScanner(layout, Unit(layout, spec.Encoding), faults, spec.Proof.Kind == ProofKind.Stable, bufferBytes));
    }

    private static PlaceUnit Unit(FixedLayout layout, string encoding) =>
        DropText.IsUtf16(encoding) ? PlaceUnit.Utf16
        : DropText.IsKnown(encoding) && DropText.IsSingleByte(encoding) ? PlaceUnit.SingleByte
        : layout.Unit == FixedUnit.Bytes ? PlaceUnit.Byte
        : PlaceUnit.Character;
}
