using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using RetailLake.Core.Lake;

namespace RetailLake.Tests.Warehouse.Conformance;

/// <summary>What COPY and UNLOAD see of S3: the objects of one bucket, kept in a folder. The lake's own S3 adapter has its own suite.</summary>
internal sealed class FolderBucket(string folder) : AmazonS3Client(new AnonymousAWSCredentials(), new AmazonS3Config { ServiceURL = "http://127.0.0.1:9" })
{
    public const string Name = "lake";

    public override Task<GetObjectResponse> GetObjectAsync(GetObjectRequest request, CancellationToken cancellationToken = default)
    {
        var path = Path.Combine(folder, request.Key);
        return File.Exists(path)
            ? Task.FromResult(new GetObjectResponse { ResponseStream = File.OpenRead(path) })
            : throw new AmazonS3Exception("The specified key does not exist.", ErrorType.Sender, "NoSuchKey", "request", System.Net.HttpStatusCode.NotFound);
    }

    public override async Task<PutObjectResponse> PutObjectAsync(PutObjectRequest request, CancellationToken cancellationToken = default)
    {
        var path = Path.Combine(folder, request.Key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var file = File.Create(path);
        await request.InputStream.CopyToAsync(file, cancellationToken);
        return new();
    }
}

/// <summary>A lake in the same folder, addressed as Redshift would.</summary>
internal sealed class FolderLake(string folder) : ILake
{
    private readonly FileSystemLake files = new(new Uri(folder).AbsoluteUri);

    public string Uri => $"s3://{FolderBucket.Name}";

    /// <summary>Keys that were deleted.</summary>
    public List<string> Deleted { get; } = [];

    public string Locate(string key) => $"s3://{FolderBucket.Name}/{key}";

    public Task<LakeWriter> CreateAsync(string key, CancellationToken cancellationToken) => files.CreateAsync(key, cancellationToken);

    public Task<bool> PutIfAbsentAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => files.PutIfAbsentAsync(key, content, cancellationToken);

    public Task<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken) => files.OpenReadAsync(key, cancellationToken);

    public Task<long?> LengthAsync(string key, CancellationToken cancellationToken) => files.LengthAsync(key, cancellationToken);

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var key in files.ListAsync(prefix, cancellationToken))
        {
            yield return key;
        }
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        Deleted.Add(key);
        return files.DeleteAsync(key, cancellationToken);
    }
}
