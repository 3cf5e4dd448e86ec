using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using RetailLake.Core.Lake;

namespace RetailLake.Aws.S3;

/// <summary>A lake in a bucket (<c>s3://bucket[/folder]</c>). Encryption, versions and who may do what are the bucket's.</summary>
public sealed class S3Lake(IAmazonS3 s3, S3Address address) : ILake
{
    public S3Lake(IAmazonS3 s3, string uri)
        : this(s3, S3Address.Parse(uri))
    {
    }

    public string Uri => address.Uri;

    public string Locate(string key) => $"s3://{address.Bucket}/{KeyOf(key)}";

    public Task<LakeWriter> CreateAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<LakeWriter>(new S3LakeWriter(Publish(key), key, cancellationToken));
    }

    public async Task<bool> PutIfAbsentAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var publish = Publish(key);
        return await LengthAsync(key, cancellationToken) is null && await publish.PutAsync(content, cancellationToken);
    }

    public async Task<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken)
    {
        var place = KeyOf(key);
        return await S3ObjectStream.OpenAsync(s3, address, place, eTag: null, cancellationToken);
    }

    public async Task<long?> LengthAsync(string key, CancellationToken cancellationToken)
    {
        var place = KeyOf(key);
        try
        {
            return (await s3.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = address.Bucket, Key = place }, cancellationToken)).ContentLength;
        }
        catch (AmazonS3Exception fault) when (fault.IsMissing())
        {
            return null;
        }
        catch (Exception fault)
        {
            throw S3Faults.Outcome(fault, address, $"the length of '{key}'");
        }
    }

    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => ListAsync(prefix, after: "", cancellationToken);

    /// <remarks>S3 lists in the order of UTF-8 bytes, which is the ordinal one of a lake's keys. What others put there under other names is no key.</remarks>
    public async IAsyncEnumerable<string> ListAsync(string prefix, string after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(after);
        if (!LakeKey.IsValidPrefix(prefix))
        {
            throw new ArgumentException($"Found the prefix '{prefix}'; a lake prefix is of segments of letters, digits and '._=-'. Nothing was listed. Take the prefix from RunKeys.", nameof(prefix));
        }

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
        var place = KeyOf(key);
        try
        {
            await s3.DeleteObjectAsync(new DeleteObjectRequest { BucketName = address.Bucket, Key = place }, cancellationToken);
        }
        catch (Exception fault)
        {
            throw S3Faults.Outcome(fault, address, $"deleting '{key}'");
        }
    }

    private S3Publish Publish(string key) => new(s3, address, KeyOf(key));

    private string KeyOf(string key) => LakeKey.IsValid(key) ? address.KeyOf(key) : throw new ArgumentException(
        $"Found a key that is none of a lake: relative, of segments of letters, digits and '._=-', at most {LakeKey.MaxBytes} bytes. Nothing was touched. Take keys from RunKeys.", nameof(key));
}
