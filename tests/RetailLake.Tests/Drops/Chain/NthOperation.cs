using RetailLake.Core.Drops.Intake;
using RetailLake.Core.Lake;

namespace RetailLake.Tests.Drops.Chain;

/// <summary>The process ends at the Nth operation, before or after its effect.</summary>
internal sealed class ProcessEndedException() : Exception("the process ended here");

internal sealed class NthOperation(int at, bool afterEffect)
{
    private int count;

    public bool Happened { get; private set; }

    public async Task<T> RunAsync<T>(Func<Task<T>> operation)
    {
        var isIt = Interlocked.Increment(ref count) == at;
        if (isIt && !afterEffect)
        {
            End();
        }

        var result = await operation();
        if (isIt)
        {
            End();
        }

        return result;
    }

    public Task RunAsync(Func<Task> operation) => RunAsync(async () =>
    {
        await operation();
        return true;
    });

    private void End()
    {
        Happened = true;
        throw new ProcessEndedException();
    }
}

internal sealed class FailingLake(ILake inner, NthOperation nth) : ILake
{
    public string Uri => inner.Uri;

    public Task<LakeWriter> CreateAsync(string key, CancellationToken cancellationToken) =>
        nth.RunAsync(async () => (LakeWriter)new FailingWriter(await inner.CreateAsync(key, cancellationToken), nth));

    public Task<bool> PutIfAbsentAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => nth.RunAsync(() => inner.PutIfAbsentAsync(key, content, cancellationToken));

    public Task<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken) => nth.RunAsync(() => inner.OpenReadAsync(key, cancellationToken));

    public Task<long?> LengthAsync(string key, CancellationToken cancellationToken) => nth.RunAsync(() => inner.LengthAsync(key, cancellationToken));

    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => inner.ListAsync(prefix, cancellationToken);

    public Task DeleteAsync(string key, CancellationToken cancellationToken) => nth.RunAsync(() => inner.DeleteAsync(key, cancellationToken));

    public string Locate(string key) => inner.Locate(key);

    private sealed class FailingWriter(LakeWriter inner, NthOperation nth) : LakeWriter
    {
        public override string Key => inner.Key;

        public override Stream Stream => inner.Stream;

        public override Task<LakeObject> CommitAsync(CancellationToken cancellationToken) => nth.RunAsync(() => inner.CommitAsync(cancellationToken));

        public override ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}

internal sealed class FailingUploads(IUploads inner, NthOperation nth) : IUploads
{
    public async IAsyncEnumerable<Upload> ListAsync(string source, string feed, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var all = await nth.RunAsync(async () => await inner.ListAsync(source, feed, cancellationToken).ToListAsync(cancellationToken));
        foreach (var upload in all)
        {
            yield return upload;
        }
    }

    public Task<Upload?> FindAsync(string source, string feed, string name, CancellationToken cancellationToken) => nth.RunAsync(() => inner.FindAsync(source, feed, name, cancellationToken));

    public Task<IReadOnlyList<Upload>> SettledAsync(IReadOnlyList<Upload> uploads, CancellationToken cancellationToken) => nth.RunAsync(() => inner.SettledAsync(uploads, cancellationToken));

    public Task<Stream?> OpenReadAsync(Upload upload, CancellationToken cancellationToken) => nth.RunAsync(() => inner.OpenReadAsync(upload, cancellationToken));

    public Task<bool> CopyAsync(Upload upload, string key, string sha256, CancellationToken cancellationToken) => nth.RunAsync(() => inner.CopyAsync(upload, key, sha256, cancellationToken));

    public Task DeleteAsync(Upload upload, CancellationToken cancellationToken) => nth.RunAsync(() => inner.DeleteAsync(upload, cancellationToken));
}
