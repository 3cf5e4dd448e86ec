using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using RetailLake.Core.Lake;

namespace RetailLake.Aws.S3;

/// <summary>A lake in a bucket (<c>s3://bucket[/folder]</c>). Encryption, versions and who may do what are the bucket's.</summary>
public sealed class S3Lake(IAmazonS3 s3, S3Address address, TimeProvider time) : ILake
{
    public S3Lake(IAmazonS3 s3, string uri, TimeProvider time)
        : this(s3, S3Address.Parse(uri), time)
    {
    }

    public string Uri => address.Uri;

    internal S3Address Address => address;

    public string Locate(string key) => $"s3://{address.Bucket}/{Place(key)}";

    public Task<LakeWriter> CreateAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<LakeWriter>(new S3LakeWriter(Publish(key), key, cancellationToken));
    }

    public Task<bool> PutIfAbsentAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        Publish(key).PutAsync(content, cancellationToken);

    public Task<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken) =>
        S3ObjectStream.OpenAsync(s3, address, Place(key), eTag: null, cancellationToken);

    public async Task<long?> LengthAsync(string key, CancellationToken cancellationToken) =>
        (await S3Presence.HeadAsync(s3, address, Place(key), cancellationToken))?.ContentLength;

    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => ListAsync(prefix, after: "", cancellationToken);

    /// <remarks>S3 lists in the order of UTF-8 bytes, which is the ordinal one of a lake's keys. What others put there under other names is no key.</remarks>
    public async IAsyncEnumerable<string> ListAsync(string prefix, string after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        ArgumentNullException.ThrowIfNull(after);
        LakeKey.CheckPrefix(prefix);
        var request = new ListObjectsV2Request { BucketName = address.Bucket, Prefix = address.KeyOf(prefix), StartAfter = after.Length == 0 ? null : address.KeyOf(after) };
        await foreach (var found in S3Listing.AllAsync(s3, address, request, cancellationToken))
        {
            var key = found.Key[address.Folder.Length..];
            if (LakeKey.IsValid(key))
            {
                yield return key;
            }
        }
    }

    public async Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        var place = Place(key);
        try
        {
            await s3.DeleteObjectAsync(new DeleteObjectRequest { BucketName = address.Bucket, Key = place }, cancellationToken);
        }
        catch (Exception fault)
        {
            throw S3Faults.Outcome(fault, address, $"deleting '{key}'", cancellationToken);
        }
    }

    internal S3Publish Publish(string key) => new(s3, address, Place(key), time);

    private string Place(string key)
    {
        LakeKey.Check(key);
        return address.KeyOf(key);
    }
}
