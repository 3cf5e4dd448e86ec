namespace RetailLake.Sources.Ftp;

/// <summary>What a server says it can do (RFC 2389).</summary>
internal sealed record FtpFeatures(bool Mlsd, bool SizeAndTime, bool Utf8)
{
    /// <param name="reply">Of FEAT; an error from servers that do not know it.</param>
    public static FtpFeatures Of(FtpReply reply)
    {
        var names = reply.IsDone
            ? reply.Lines.Skip(1).Where(line => line.StartsWith(' ')).Select(line => line.Trim().Split(' ')[0].ToUpperInvariant()).ToHashSet(StringComparer.Ordinal)
            : [];
        return new(names.Contains("MLST") || names.Contains("MLSD"), names.Contains("SIZE") && names.Contains("MDTM"), names.Contains("UTF8"));
    }
}
