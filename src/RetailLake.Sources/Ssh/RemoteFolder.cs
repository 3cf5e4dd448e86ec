namespace RetailLake.Sources.Ssh;

/// <summary>The folder that a location names.</summary>
internal static class RemoteFolder
{
    /// <summary>'/' and '/~/…' start at the account's own folder, anything else at the root.</summary>
    public static string Of(Uri uri)
    {
        var path = Uri.UnescapeDataString(uri.AbsolutePath);
        var start = path is "/" or "/~" ? "" : path.StartsWith("/~/", StringComparison.Ordinal) ? path[3..] : path;
        return start.Length == 0 || start.EndsWith('/') ? start : start + "/";
    }
}
