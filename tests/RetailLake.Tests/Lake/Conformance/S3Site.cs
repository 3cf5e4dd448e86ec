using Amazon.S3;
using Amazon.S3.Model;
using RetailLake.Aws.S3;
using RetailLake.Core.Drops;
using RetailLake.Core.Drops.Intake;
using RetailLake.Core.Lake;
using RetailLake.Tests.Aws.S3;

namespace RetailLake.Tests.Lake.Conformance;

/// <summary>A folder of a bucket, so that keys and places differ.</summary>
internal class S3Site : ILakeSite
{
    private const string Folder = "some/folder";

    private readonly AmazonS3Client client;
    private readonly string bucket;

    public S3Site(AmazonS3Client client, string bucket)
    {
        (this.client, this.bucket) = (client, bucket);
        var lake = new S3Lake(client, $"s3://{bucket}/{Folder}", TimeProvider.System);
        (Lake, Uploads) = (lake, new S3Uploads(client, lake));
    }

    public ILake Lake { get; }

    public IUploads Uploads { get; }

    public async Task UploadAsync(string source, string feed, string name, byte[] content)
    {
        using var body = new MemoryStream(content);
        await client.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = $"{Folder}/{DropRecords.Folder(source, feed)}{name}", InputStream = body });
    }

    public virtual async Task<int> LeftoversAsync() => (await client.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = bucket })).MultipartUploads?.Count ?? 0;

    public virtual ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>moto's router has no place for a line feed in a path.</summary>
internal sealed class MotoSite(AmazonS3Client client, string bucket) : S3Site(client, bucket), ILakeSite
{
    IReadOnlyList<string> ILakeSite.Unsendable => ["a\nb"];
}

/// <summary>Over the wire to our own double, which shows three objects a page.</summary>
internal sealed class S3DoubleSite : S3Site
{
    private readonly S3Double service;

    public S3DoubleSite(S3Double service)
        : base(service.Client(), S3Double.Bucket)
    {
        this.service = service;
        service.Operations.PageSize = 3;
    }

    public override Task<int> LeftoversAsync() => Task.FromResult(service.Store.Uploads.Count);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await service.DisposeAsync();
    }
}
