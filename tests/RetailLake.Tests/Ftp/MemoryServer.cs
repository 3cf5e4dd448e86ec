using RetailLake.Core.Contracts;
using RetailLake.Core.Drops.Pulls;
using RetailLake.Core.Errors;

namespace RetailLake.Tests.Ftp;

/// <summary>A sender's folder in memory, for what does not depend on a protocol.</summary>
internal sealed class MemoryServer : IDropServers, IDropServer
{
    private readonly Dictionary<string, (byte[] Content, DateTimeOffset Modified)> files = new(StringComparer.Ordinal);

    public Contract Contract { get; init; } = PullFeeds.Of("sftp://host/in");

    public string Place => "sftp://host:22/in/";

    /// <summary>Entries that are listed before the files.</summary>
    public List<ServerEntry> Listed { get; } = [];

    /// <summary>Names of files that are listed and not given.</summary>
    public HashSet<string> Withheld { get; } = new(StringComparer.Ordinal);

    public int Reads { get; private set; }

    /// <summary>Bytes after which a connection breaks.</summary>
    public int BreaksAfter { get; set; } = int.MaxValue;

    /// <summary>Bytes after which nothing more comes, and no end.</summary>
    public int SilentAfter { get; set; } = int.MaxValue;

    public Action OnRead { get; set; } = () => { };

    public void Put(string name, byte[] content, DateTimeOffset modified) => files[RemoteName.Of(name).Raw] = (content, modified);

    public void Remove(string name) => files.Remove(name);

    public bool Serves(Contract contract) => true;

    public Task<IDropServer> OpenAsync(Contract contract, CancellationToken cancellationToken) => Task.FromResult<IDropServer>(this);

    public async IAsyncEnumerable<ServerEntry> ListAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var entry in Listed.Concat(files.Select(file => new ServerEntry(new(file.Key), true, StateOf(file.Value)))))
        {
            yield return entry;
        }
    }

    public Task<FileState?> StateAsync(RemoteName name, CancellationToken cancellationToken) =>
        Task.FromResult(files.TryGetValue(name.Raw, out var file) ? StateOf(file) : null);

    public Task<Stream?> OpenReadAsync(RemoteName name, long offset, CancellationToken cancellationToken)
    {
        if (!files.TryGetValue(name.Raw, out var file) || Withheld.Contains(name.Text))
        {
            return Task.FromResult<Stream?>(null);
        }

        Reads++;
        return Task.FromResult<Stream?>(new BreakingStream(file.Content.AsMemory((int)offset), BreaksAfter, SilentAfter, OnRead));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static FileState StateOf((byte[] Content, DateTimeOffset Modified) file) => new(file.Content.Length, file.Modified);

    private sealed class BreakingStream(ReadOnlyMemory<byte> content, int breaksAfter, int silentAfter, Action onRead) : MemoryStream(content.ToArray())
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            onRead();
            if (Position >= breaksAfter)
            {
                throw new SourceUnavailableException("Found it cut.", "Nothing.", "Again.");
            }

            if (Position >= silentAfter)
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return await base.ReadAsync(buffer[..(int)Math.Min(Math.Min(buffer.Length, 16 * 1024), Math.Min(breaksAfter, silentAfter) - Position)], cancellationToken);
        }
    }
}
