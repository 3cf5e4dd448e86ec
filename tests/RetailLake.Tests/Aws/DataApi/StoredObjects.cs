using System.Text;
using System.Text.Json;
using Amazon.S3;
using Amazon.S3.Model;

namespace RetailLake.Tests.Aws.DataApi;

/// <summary>What COPY and UNLOAD do with S3, over the wire.</summary>
internal sealed class StoredObjects(IAmazonS3 s3, string folder)
{
    /// <summary>The files of a manifest, fetched; each must be there and have exactly its <c>content_length</c>.</summary>
    public async Task<IReadOnlyList<string>> FetchAsync(string manifest)
    {
        using var document = JsonDocument.Parse(await BytesAsync(manifest));
        List<string> files = [];
        foreach (var entry in document.RootElement.GetProperty("entries").EnumerateArray())
        {
            var url = entry.GetProperty("url").GetString()!;
            var bytes = await BytesAsync(url);
            if (!entry.GetProperty("mandatory").GetBoolean() || entry.GetProperty("meta").GetProperty("content_length").GetInt64() != bytes.Length)
            {
                throw new RedshiftException($"Manifest entry {url} is not mandatory or its content_length is not the object's");
            }

            var file = Path.Combine(folder, $"{Guid.NewGuid():N}.parquet");
            await File.WriteAllBytesAsync(file, bytes);
            files.Add(file);
        }

        return files;
    }

    /// <summary>PARALLEL OFF: one object, <c>000</c>, and none of no rows' bytes is left out.</summary>
    public async Task StoreAsync(string prefix, byte[] content)
    {
        var (bucket, key) = Place(prefix);
        using var body = new MemoryStream(content);
        await s3.PutObjectAsync(new() { BucketName = bucket, Key = key + "000", InputStream = body });
    }

    public static byte[] Lines(IEnumerable<string> lines) => Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));

    private async Task<byte[]> BytesAsync(string url)
    {
        var (bucket, key) = Place(url);
        try
        {
            using var found = await s3.GetObjectAsync(new GetObjectRequest { BucketName = bucket, Key = key });
            using var bytes = new MemoryStream();
            await found.ResponseStream.CopyToAsync(bytes);
            return bytes.ToArray();
        }
        catch (AmazonS3Exception e) when (e.ErrorCode == "NoSuchKey")
        {
            throw new RedshiftException($"S3ServiceException:The specified key does not exist.,Status 404,Error NoSuchKey, key {key}");
        }
    }

    private static (string Bucket, string Key) Place(string url)
    {
        var parts = url["s3://".Length..].Split('/', 2);
        return (parts[0], parts[1]);
    }
}
