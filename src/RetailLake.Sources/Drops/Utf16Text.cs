using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace RetailLake.Sources.Drops;

internal sealed class Utf16Text(Stream inner, bool bigEndian, DropFaults faults) : TranscodedText(inner)
{
    private readonly ushort[] units = new ushort[16 * 1024];

    protected override (int Taken, int Written) Transcode(ReadOnlySpan<byte> bytes, Span<byte> utf8, bool isLast)
    {
        var written = MemoryMarshal.Cast<byte, ushort>(bytes);
        var length = written.Length;
        if (bigEndian == BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(written, units);
        }
        else
        {
            written.CopyTo(units);
        }

        var status = Utf8.FromUtf16(MemoryMarshal.Cast<ushort, char>(units.AsSpan(0, length)), utf8, out var taken, out var count, replaceInvalidSequences: false, isFinalBlock: isLast);
        if (status != OperationStatus.InvalidData && !(isLast && 2 * taken != bytes.Length))
        {
            return (2 * taken, count);
        }

        // The last call has what the ones before it left: the beginning of a character.
        var found = $"Found half a UTF-16 character at byte {Taken + (2 * taken):N0} of the text of {faults.Where}.";
        throw isLast ? faults.Torn(found) : faults.Damaged(found);
    }
}
