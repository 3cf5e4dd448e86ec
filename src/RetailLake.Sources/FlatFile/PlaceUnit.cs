namespace RetailLake.Sources.FlatFile;

/// <summary>What the places of a fixed file count in its text, which has become UTF-8.</summary>
internal enum PlaceUnit
{
    /// <summary>Bytes of UTF-8.</summary>
    Byte,

    /// <summary>Characters of UTF-8; behind bytes that are none they cannot be counted.</summary>
    Character,

    /// <summary>Bytes of a single-byte encoding, each a character of UTF-8; one without a meaning is still one byte of it.</summary>
    SingleByte,

    /// <summary>Code units of UTF-16, as the senders' languages and databases pad: a character beyond the first 65,536 takes two places.</summary>
    Utf16,
}
