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
        var isSingleByte = DropText.IsKnown(spec.Encoding) && DropText.IsSingleByte(spec.Encoding);
        if (layout.Unit == FixedUnit.Bytes && DropText.IsUtf16(spec.Encoding))
        {
            throw faults.Contract("Found places counted in bytes of utf-16; they are counted in characters");
        }

        // A byte of a single-byte encoding is a character, and may be three bytes of UTF-8.
        var byCharacter = layout.Unit == FixedUnit.Characters || isSingleByte;
        return new FixedFields(layout, faults, new FixedScanner(layout, byCharacter, faults, spec.Proof.Kind == ProofKind.Stable, bufferBytes));
    }
}
