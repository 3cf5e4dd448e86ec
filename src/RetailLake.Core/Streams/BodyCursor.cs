namespace RetailLake.Core.Streams;

/// <summary>Reads a record's body from front to back; see <see cref="RecordBody"/>.</summary>
internal struct BodyCursor(ReadOnlyMemory<byte> rest)
{
    public ReadOnlyMemory<byte> Rest { get; private set; } = rest;

    /// <returns>False when no number stands here.</returns>
    public bool TryNumber(out ulong number)
    {
        var length = Varint.Read(Rest.Span, out number);
        if (length <= 0)
        {
            return false;
        }

        Rest = Rest[length..];
        return true;
    }

    /// <returns>False when the bytes are not all there.</returns>
    public bool TryBytes(out ReadOnlyMemory<byte>? bytes)
    {
        bytes = null;
        if (!TryNumber(out var length) || length > (ulong)Rest.Length + 1)
        {
            return false;
        }

        if (length > 0)
        {
            bytes = Rest[..(int)(length - 1)];
            Rest = Rest[(int)(length - 1)..];
        }

        return true;
    }
}
