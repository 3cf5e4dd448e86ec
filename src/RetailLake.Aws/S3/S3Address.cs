namespace RetailLake.Aws.S3;

/// <summary>A bucket and the folder of it that is the lake: <c>s3://bucket</c> or <c>s3://bucket/folder</c>.</summary>
/// <param name="Folder">Empty, or ends with '/'.</param>
public sealed record S3Address(string Bucket, string Folder)
{
    /// <exception cref="ArgumentException">The text is no such address.</exception>
    public static S3Address Parse(string uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        if (!System.Uri.TryCreate(uri, UriKind.Absolute, out var parsed) || parsed.Scheme != "s3" || parsed.Host.Length == 0
            || parsed.Query.Length > 0 || parsed.Fragment.Length > 0 || parsed.UserInfo.Length > 0 || !parsed.IsDefaultPort)
        {
            throw new ArgumentException($"Found the lake URI '{uri}'; a lake in S3 is 's3://bucket' or 's3://bucket/folder'. Nothing was opened. Correct LAKE_URI.", nameof(uri));
        }

        var folder = parsed.AbsolutePath.Trim('/');
        if (folder.Length > 0 && !Core.Lake.LakeKey.IsValid(folder))
        {
            throw new ArgumentException($"Found the folder '{folder}' in the lake URI; its segments are of letters, digits and '._=-'. Nothing was opened. Correct LAKE_URI.", nameof(uri));
        }

        return new(parsed.Host, folder.Length == 0 ? "" : folder + "/");
    }

    public string Uri => Folder.Length == 0 ? $"s3://{Bucket}" : $"s3://{Bucket}/{Folder.TrimEnd('/')}";

    public string KeyOf(string key) => Folder + key;
}
