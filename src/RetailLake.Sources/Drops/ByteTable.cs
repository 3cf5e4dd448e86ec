using System.Text;

namespace RetailLake.Sources.Drops;

/// <summary>UTF-8 of the bytes 0x80 to 0xFF of a single-byte encoding.</summary>
internal sealed class ByteTable
{
    public const int LongestCharacter = 3;

    /// <summary>Stands for a byte without a meaning; no UTF-8 text holds it.</summary>
    public const byte NoCharacter = 0xFF;

    private const string Windows1252High = "€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ";

    // Four bytes each: the length, then the character.
    private readonly byte[] characters = new byte[4 * 128];

    private ByteTable(Func<int, char?> character)
    {
        for (var index = 0; index < 128; index++)
        {
            var slot = characters.AsSpan(4 * index, 4);
            if (character(index + 128) is { } known)
            {
                slot[0] = (byte)new Rune(known).EncodeToUtf8(slot[1..]);
            }
            else
            {
                (slot[0], slot[1]) = (1, NoCharacter);
            }
        }
    }

    public static ByteTable Windows1252 { get; } = new(value => value >= 0xA0 ? (char)value : Windows1252High[value - 0x80] is not '\0' and var high ? high : null);

    public static ByteTable Latin1 { get; } = new(value => (char)value);

    /// <summary>Without the controls 0x80 to 0x9F, which no sender writes: with them it is Windows-1252 under a wrong name.</summary>
    public static ByteTable PrintedLatin1 { get; } = new(value => value >= 0xA0 ? (char)value : null);

    public static ByteTable Ascii { get; } = new(_ => null);

    public ReadOnlySpan<byte> Utf8Of(byte value)
    {
        var slot = (value & 0x7F) * 4;
        return characters.AsSpan(slot + 1, characters[slot]);
    }
}
