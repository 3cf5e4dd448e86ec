using RetailLake.Core.Lake;

namespace RetailLake.Tests.MySql;

/// <summary>A lake whose disk is full.</summary>
internal sealed class FullLake : ILake
{
    public string Uri => "file:///full";

    public Task<LakeWriter> CreateAsync(string key, CancellationToken cancellationToken) => Task.FromResult<LakeWriter>(new Writer(key));

    public Task<bool> PutIfAbsentAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<long?> LengthAsync(string key, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task DeleteAsync(string key, CancellationToken cancellationToken) => throw new NotSupportedException();

    public string Locate(string key) => key;

    private sealed class Writer(string key) : LakeWriter
    {
        public override string Key => key;

        public override Stream Stream { get; } = new FullStream();

        public override Task<LakeObject> CommitAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class FullStream : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("No space left");

        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("No space left");
    }
}
