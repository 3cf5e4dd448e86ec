namespace RetailLake.Aws.Redshift;

/// <summary>A database of a serverless workgroup: <c>redshift-data://workgroup/database</c>.</summary>
public sealed record RedshiftAddress(string Workgroup, string Database)
{
    /// <exception cref="ArgumentException">The text is no such address.</exception>
    public static RedshiftAddress Parse(string uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        return Uri.TryCreate(uri, UriKind.Absolute, out var parsed) && parsed is { Scheme: "redshift-data", Host.Length: > 0, Query: "", Fragment: "", UserInfo: "" }
            && parsed.AbsolutePath.Trim('/') is { Length: > 0 } database && !database.Contains('/', StringComparison.Ordinal)
            ? new(parsed.Host, database)
            : throw new ArgumentException($"Found the warehouse URI '{uri}'; Redshift's is 'redshift-data://workgroup/database'. Nothing was opened. Correct WAREHOUSE_URI.", nameof(uri));
    }
}
