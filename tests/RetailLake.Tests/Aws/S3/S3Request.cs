using System.Net;

namespace RetailLake.Tests.Aws.S3;

/// <summary>One request as it came over the wire; the path is cut from the raw line, since a parsed URI has lost what was escaped.</summary>
internal sealed record S3Request(string Method, string RawPath, string RawQuery, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Bucket => Path.Split('/', 2)[0];

    /// <summary>Null for requests about the bucket.</summary>
    public string? Key => Path.Split('/', 2) is [_, { Length: > 0 } key] ? key : null;

    public IReadOnlyDictionary<string, string> Query { get; } = RawQuery.Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2)).ToDictionary(pair => Uri.UnescapeDataString(pair[0]), pair => pair.Length == 2 ? Uri.UnescapeDataString(pair[1]) : "");

    /// <summary>What it asks for, as S3's API names it.</summary>
    public string Operation => (Method, Key) switch
    {
        ("GET", null) => "ListObjectsV2",
        ("GET", _) => "GetObject",
        ("HEAD", _) => "HeadObject",
        ("PUT", _) when Query.ContainsKey("partNumber") => Has("x-amz-copy-source") ? "UploadPartCopy" : "UploadPart",
        ("PUT", _) => Has("x-amz-copy-source") ? "CopyObject" : "PutObject",
        ("POST", _) when Query.ContainsKey("uploads") => "CreateMultipartUpload",
        ("POST", _) => "CompleteMultipartUpload",
        ("DELETE", _) => Query.ContainsKey("uploadId") ? "AbortMultipartUpload" : "DeleteObject",
        _ => Method,
    };

    private string Path => Uri.UnescapeDataString(RawPath).TrimStart('/');

    public bool Has(string header) => Headers.ContainsKey(header);

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public static async Task<S3Request> ReadAsync(HttpListenerRequest request)
    {
        using var body = new MemoryStream();
        await request.InputStream.CopyToAsync(body);
        var raw = request.RawUrl!.Split('?', 2);
        return new(request.HttpMethod, raw[0], raw.Length == 2 ? raw[1] : "", request.Headers.AllKeys.ToDictionary(name => name!.ToLowerInvariant(), name => request.Headers[name]!), body.ToArray());
    }
}
