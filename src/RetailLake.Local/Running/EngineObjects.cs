using RetailLake.Core.Lake;
using RetailLake.StatesLanguage;

namespace RetailLake.Local.Running;

/// <summary>What Distributed Maps read and write: the lake, whatever the bucket is called.</summary>
internal sealed class EngineObjects(ILake lake) : IStatesObjectStore
{
    public Task<Stream?> OpenReadAsync(string bucket, string key, CancellationToken cancellationToken) => lake.OpenReadAsync(key, cancellationToken);

    public async Task WriteAsync(string bucket, string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        // A redriven Map Run writes its results again; objects of the lake are never overwritten otherwise.
        if (!await lake.PutIfAbsentAsync(key, content, cancellationToken))
        {
            await lake.DeleteAsync(key, cancellationToken);
            await lake.PutIfAbsentAsync(key, content, cancellationToken);
        }
    }
}
