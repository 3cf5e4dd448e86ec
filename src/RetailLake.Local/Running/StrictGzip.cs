using System.IO.Compression;

namespace RetailLake.Local.Running;

/// <summary>Without the switch System.IO.Compression.UseStrictValidation .NET reads a truncated gzip stream to its torn end and says nothing.</summary>
internal static class StrictGzip
{
    public static void Require()
    {
        using var whole = new MemoryStream();
        using (var gzip = new GZipStream(whole, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write("truncated"u8);
        }

        try
        {
            using var torn = new GZipStream(new MemoryStream(whole.ToArray()[..^8]), CompressionMode.Decompress);
            torn.CopyTo(Stream.Null);
        }
        catch (InvalidDataException)
        {
            return;
        }

        throw new CommandRefusedException(
            "Found that truncated gzip streams are read without an error.", "Nothing was started.",
            "Start lake with its own runtimeconfig.json, which sets System.IO.Compression.UseStrictValidation.");
    }
}
