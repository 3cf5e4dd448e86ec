namespace RetailLake.Sources.Drops;

internal sealed class SingleByteText(Stream inner, ByteTable table) : TranscodedText(inner)
{
    protected override (int Taken, int Written) Transcode(ReadOnlySpan<byte> bytes, Span<byte> utf8, bool isLast)
    {
        var (taken, written) = (0, 0);
        while (taken < bytes.Length)
        {
            var rest = bytes[taken..];
            var ascii = rest.IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
            ascii = ascii < 0 ? rest.Length : ascii;
            rest[..ascii].CopyTo(utf8[written..]);
            written += ascii;
            taken += ascii;

            // Names in another script come in runs; looking for ASCII once per letter would cost more than the letter.
            while (taken < bytes.Length && bytes[taken] > 0x7F)
            {
                var character = table.Utf8Of(bytes[taken++]);
                character.CopyTo(utf8[written..]);
                written += character.Length;
            }
        }

        return (taken, written);
    }
}
