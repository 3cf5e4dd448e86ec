using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Sources.Drops;

namespace RetailLake.Sources.FlatFile;

/// <summary>Drops of fixed places, counted in characters or bytes, on lines or in records of one length.</summary>
/// <remarks>A record that is shorter or longer than the layout is a refused row; a torn last one refuses the drop.</remarks>
public sealed class FixedReader(Contract contract, DropRef drop, DropContent content) : FlatFileReader(contract, drop, content, Layout(contract, content.Faults))
{
    private static FixedFields Layout(Contract contract, DropFaults faults)
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
        return new FixedFields(layout, faults, new FixedScanner(layout, byCharacter, faults, spec.Proof.Kind == ProofKind.Stable));
    }
}
