namespace RetailLake.Aws.S3;

/// <summary>Which names of uploads a request can carry. S3 takes nearly any text as a key; a path in a URL does not.</summary>
internal static class S3Names
{
    /// <summary>One name, not a path, as on a file system.</summary>
    public static bool IsPlain(string name) => name is not ("" or "." or "..") && name.AsSpan().IndexOfAny('/', '\0') < 0;

    /// <returns>Why the object can only be looked at; null: it can be read.</returns>
    public static string? Oddity(string name, string? storage) =>
        name.EndsWith('/') ? "is a folder"
        : name is "." or ".." || name.Contains('\0', StringComparison.Ordinal) ? "has a name that no request can carry"
        : storage is "GLACIER" or "DEEP_ARCHIVE" ? "is archived and must be restored first"
        : null;
}
