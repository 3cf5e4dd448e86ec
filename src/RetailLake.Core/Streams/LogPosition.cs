namespace RetailLake.Core.Streams;

/// <summary>A place in MySQL's binary log as the one number that orders it, and is a row's version: the file's number above 32 bits of the position in it.</summary>
public static class LogPosition
{
    private const int Bits = 32;

    /// <param name="file">At most <see cref="int.MaxValue"/>.</param>
    /// <param name="position">At most <see cref="uint.MaxValue"/>.</param>
    public static long Of(long file, long position) => (file << Bits) | position;

    public static (long File, long Position) Parts(long version) => (version >> Bits, version & uint.MaxValue);
}
