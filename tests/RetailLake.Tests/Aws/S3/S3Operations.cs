using System.Globalization;
using System.Security;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace RetailLake.Tests.Aws.S3;

/// <summary>What S3 does for each request of ours, as its API reference has it; whatever we do not send is refused.</summary>
internal sealed class S3Operations(S3Store store)
{
    private const int SmallestPart = 5 * 1024 * 1024;

    /// <summary>A service's page has 1,000; tests see several pages of fewer.</summary>
    public int PageSize { get; set; } = 1000;

    /// <summary>As to a role that lists under prefixes only: absent objects answer 403.</summary>
    public bool HidesAbsent { get; set; }

    public S3Answer Do(S3Request request)
    {
        lock (store.Gate)
        {
            return request.Operation switch
            {
                "ListObjectsV2" => List(request.Query),
                "GetObject" => Get(request),
                "HeadObject" => Get(request) is var found && found.Status < 300 ? found with { Body = [], Length = found.Body.Length } : found with { Body = [] },
                "PutObject" => Put(request),
                "CopyObject" => Copy(request),
                "DeleteObject" => Delete(request),
                "CreateMultipartUpload" => Begin(request),
                "UploadPart" or "UploadPartCopy" => Part(request),
                "CompleteMultipartUpload" => Complete(request),
                "AbortMultipartUpload" => store.Uploads.Remove(request.Query["uploadId"]) ? new(204, []) : NoUpload(),
                _ => S3Answer.Error(400, "NotImplemented"),
            };
        }
    }

    private static S3Answer NoUpload() => S3Answer.Error(404, "NoSuchUpload");

    private static S3Answer Failed() => S3Answer.Error(412, "PreconditionFailed");

    private S3Answer Absent() => HidesAbsent ? S3Answer.Error(403, "AccessDenied") : S3Answer.Error(404, "NoSuchKey");

    private bool IsTaken(S3Request request) => request.Header("if-none-match") == "*" && store.Objects.ContainsKey(request.Key!);

    private S3Answer Put(S3Request request)
    {
        if (IsTaken(request))
        {
            return Failed();
        }

        var put = store.Put(request.Key!, request.Body, Metadata(request));
        return new(200, [], ("ETag", put.ETag), ("x-amz-checksum-crc32", put.Crc32!));
    }

    private S3Answer Get(S3Request request)
    {
        if (!store.Objects.TryGetValue(request.Key!, out var found))
        {
            return Absent();
        }

        if (request.Header("if-match") is { } wanted && wanted != found.ETag)
        {
            return Failed();
        }

        List<(string, string)> headers = [("ETag", found.ETag), ("Last-Modified", found.Modified.ToString("R")), .. found.Metadata.Select(pair => (pair.Key, pair.Value))];
        if (request.Header("range") is { } range)
        {
            var (first, last) = range["bytes=".Length..].Split('-') is [var from, var to] ? (int.Parse(from, CultureInfo.InvariantCulture), int.Parse(to, CultureInfo.InvariantCulture)) : default;
            return new(206, found.Content[first..(last + 1)], [.. headers, ("Content-Range", $"bytes {first}-{last}/{found.Content.Length}")]);
        }

        if (request.Header("x-amz-checksum-mode") == "ENABLED" && found.Crc32 is { } crc32)
        {
            headers.Add(("x-amz-checksum-crc32", crc32));
        }

        return new(200, found.Content, [.. headers]);
    }

    private S3Answer Delete(S3Request request)
    {
        if (request.Header("if-match") is { } wanted && store.Objects.GetValueOrDefault(request.Key!)?.ETag != wanted)
        {
            return Failed();
        }

        store.Objects.Remove(request.Key!);
        return new(204, []);
    }

    private S3Answer Copy(S3Request request)
    {
        if (Source(request) is not { } source)
        {
            return Absent();
        }

        if (IsTaken(request) || request.Header("x-amz-copy-source-if-match") is { } wanted && wanted != source.ETag)
        {
            return Failed();
        }

        var copy = store.Put(request.Key!, source.Content, Metadata(request));
        return S3Answer.Xml($"<CopyObjectResult><ETag>{SecurityElement.Escape(copy.ETag)}</ETag><ChecksumSHA256>{Convert.ToBase64String(SHA256.HashData(source.Content))}</ChecksumSHA256></CopyObjectResult>");
    }

    private StoredObject? Source(S3Request request) => store.Objects.GetValueOrDefault(Uri.UnescapeDataString(request.Headers["x-amz-copy-source"]).TrimStart('/').Split('/', 2)[1]);

    private S3Answer Begin(S3Request request)
    {
        var id = Guid.NewGuid().ToString("N");
        store.Uploads.Add(id, new(request.Key!, Metadata(request), []));
        return S3Answer.Xml($"<InitiateMultipartUploadResult><Bucket>{request.Bucket}</Bucket><Key>{request.Key}</Key><UploadId>{id}</UploadId></InitiateMultipartUploadResult>");
    }

    private S3Answer Part(S3Request request)
    {
        if (!store.Uploads.TryGetValue(request.Query["uploadId"], out var upload) || upload.Key != request.Key)
        {
            return NoUpload();
        }

        var content = request.Body;
        if (request.Has("x-amz-copy-source"))
        {
            if (Source(request) is not { } source)
            {
                return Absent();
            }

            if (request.Header("x-amz-copy-source-if-match") is { } wanted && wanted != source.ETag)
            {
                return Failed();
            }

            var range = request.Headers["x-amz-copy-source-range"]["bytes=".Length..].Split('-').Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray();
            content = source.Content[range[0]..(range[1] + 1)];
        }

        upload.Parts[int.Parse(request.Query["partNumber"], CultureInfo.InvariantCulture)] = content;
        return request.Has("x-amz-copy-source")
            ? S3Answer.Xml($"<CopyPartResult><ETag>{TagOf(content)}</ETag><ChecksumCRC32>{S3Store.Crc32Of(content)}</ChecksumCRC32></CopyPartResult>")
            : new(200, [], ("ETag", TagOf(content)), ("x-amz-checksum-crc32", S3Store.Crc32Of(content)));
    }

    private S3Answer Complete(S3Request request)
    {
        if (!store.Uploads.TryGetValue(request.Query["uploadId"], out var upload))
        {
            return NoUpload();
        }

        if (IsTaken(request))
        {
            return Failed();
        }

        var parts = XElement.Load(new MemoryStream(request.Body)).Elements().Select(part => part.Elements().ToDictionary(field => field.Name.LocalName, field => field.Value)).ToList();
        foreach (var (part, index) in parts.Select((part, index) => (part, index)))
        {
            if (!upload.Parts.TryGetValue(int.Parse(part["PartNumber"], CultureInfo.InvariantCulture), out var content) || part["ETag"] != TagOf(content) || part["ChecksumCRC32"] != S3Store.Crc32Of(content))
            {
                return S3Answer.Error(400, "InvalidPart");
            }

            if (index < parts.Count - 1 && content.Length < SmallestPart)
            {
                return S3Answer.Error(400, "EntityTooSmall");
            }
        }

        var done = store.Put(upload.Key, [.. upload.Parts.Values.SelectMany(content => content)], upload.Metadata, parts.Count);
        store.Uploads.Remove(request.Query["uploadId"]);
        return S3Answer.Xml($"<CompleteMultipartUploadResult><Key>{upload.Key}</Key><ETag>{SecurityElement.Escape(done.ETag)}</ETag></CompleteMultipartUploadResult>");
    }

    private S3Answer List(IReadOnlyDictionary<string, string> query)
    {
        if (query.GetValueOrDefault("list-type") != "2" || query.GetValueOrDefault("encoding-type") != "url")
        {
            return S3Answer.Error(400, "NotImplemented");
        }

        var after = query.TryGetValue("continuation-token", out var token) ? Encoding.UTF8.GetString(Convert.FromHexString(token)) : query.GetValueOrDefault("start-after", "");
        var most = query.TryGetValue("max-keys", out var asked) ? Math.Min(PageSize, int.Parse(asked, CultureInfo.InvariantCulture)) : PageSize;
        var found = store.Objects.Where(pair => pair.Key.StartsWith(query.GetValueOrDefault("prefix", ""), StringComparison.Ordinal) && store.Objects.Comparer.Compare(pair.Key, after) > 0).Take(most + 1).ToList();
        var page = found.Take(most).ToList();
        var contents = string.Concat(page.Select(pair =>
            $"<Contents><Key>{Uri.EscapeDataString(pair.Key).Replace("%2F", "/", StringComparison.Ordinal).Replace("%20", "+", StringComparison.Ordinal)}</Key><LastModified>{pair.Value.Modified:yyyy-MM-ddTHH:mm:ss.fffZ}</LastModified>"
            + $"<ETag>{SecurityElement.Escape(pair.Value.ETag)}</ETag><Size>{pair.Value.Content.Length}</Size><StorageClass>STANDARD</StorageClass></Contents>"));
        var next = found.Count > most ? $"<NextContinuationToken>{Convert.ToHexString(Encoding.UTF8.GetBytes(page[^1].Key))}</NextContinuationToken>" : "";
        return S3Answer.Xml($"<ListBucketResult><EncodingType>url</EncodingType><IsTruncated>{(next.Length > 0 ? "true" : "false")}</IsTruncated>{contents}{next}</ListBucketResult>");
    }

    private static string TagOf(ReadOnlySpan<byte> content) => $"\"{Convert.ToHexStringLower(SHA256.HashData(content)[..16])}\"";

    private static Dictionary<string, string> Metadata(S3Request request) =>
        request.Headers.Where(pair => pair.Key.StartsWith("x-amz-meta-", StringComparison.Ordinal)).ToDictionary(pair => pair.Key, pair => pair.Value);
}
