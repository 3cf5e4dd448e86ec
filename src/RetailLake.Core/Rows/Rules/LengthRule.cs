using System.Numerics;
using System.Runtime.InteropServices;
using RetailLake.Core.Rows.Columns;

namespace RetailLake.Core.Rows.Rules;

/// <summary>Lengths count characters (code points), not bytes.</summary>
internal sealed class LengthRule(int minimum, int maximum, string expected) : ValueRule(new RejectReason(RejectCode.Length, expected))
{
    public override bool Holds(ReadOnlySpan<byte> text, in Cell cell)
    {
        if (text.Length < minimum)
        {
            return false;
        }

        if (minimum == 0 && text.Length <= maximum)
        {
            return true;
        }

        var characters = CountCharacters(text);
        return characters >= minimum && characters <= maximum;
    }

    /// <summary>Every byte that is not a continuation byte begins a character.</summary>
    private static int CountCharacters(ReadOnlySpan<byte> text)
    {
        var count = text.Length;
        foreach (var block in MemoryMarshal.Cast<byte, ulong>(text))
        {
            count -= BitOperations.PopCount(block & (~block << 1) & 0x8080808080808080);
        }

        foreach (var value in text[(text.Length & ~7)..])
        {
            count -= (value & 0xC0) == 0x80 ? 1 : 0;
        }

        return count;
    }
}
