namespace RetailLake.StatesLanguage;

/// <summary>The objects a Distributed Map reads its items from and writes its results to.</summary>
public interface IStatesObjectStore
{
    /// <summary>Null when there is no such object.</summary>
    Task<Stream?> OpenReadAsync(string bucket, string key, CancellationToken cancellationToken);

    Task WriteAsync(string bucket, string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);
}
