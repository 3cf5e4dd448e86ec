using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;

namespace RetailLake.Core.Drops.Pulls;

internal enum DownloadEnd
{
    /// <summary>All bytes were read, and the file is still the one that was noticed.</summary>
    Complete,

    /// <summary>It grew, was replaced, or is gone.</summary>
    Changed,

    /// <summary>It is still the one that was noticed, and the server does not give it to us.</summary>
    Unreadable,

    /// <summary>The caller had enough for now.</summary>
    Stopped,
}

/// <summary>Reads one file to its end, over as many connections as that takes: each goes on at the byte that was reached.</summary>
internal sealed class Download(Contract contract, NoticedFile file, IDropServers servers, TimeProvider time) : IAsyncDisposable
{
    /// <summary>Connections in a row that brought nothing.</summary>
    private const int MaxFruitless = 4;
    private const int BufferBytes = 1 << 17;

    private readonly byte[] buffer = new byte[BufferBytes];
    private IDropServer? server;

    public async Task<IDropServer> ServerAsync(CancellationToken cancellationToken) => server ??= await servers.OpenAsync(contract, cancellationToken);

    /// <param name="position">Where to begin.</param>
    /// <param name="take">Gets the bytes in order, each once.</param>
    /// <exception cref="SourceUnavailableException">No connection brings the file on any more; what was taken stays right.</exception>
    public async Task<DownloadEnd> RunAsync(long position, Func<ReadOnlyMemory<byte>, ValueTask> take, Func<bool> isEnough, CancellationToken cancellationToken)
    {
        for (var fruitless = 0; ; )
        {
            var before = position;
            try
            {
                var source = await ServerAsync(cancellationToken);
                if (await source.StateAsync(file.Name, cancellationToken) != file.State)
                {
                    return DownloadEnd.Changed;
                }

                if (position == file.State.Bytes)
                {
                    return DownloadEnd.Complete;
                }

                await using var stream = await source.OpenReadAsync(file.Name, position, cancellationToken);
                if (stream is null)
                {
                    return await source.StateAsync(file.Name, cancellationToken) == file.State ? DownloadEnd.Unreadable : DownloadEnd.Changed;
                }

                while (await stream.ReadAsync(buffer, cancellationToken) is var read and > 0)
                {
                    if (position + read > file.State.Bytes)
                    {
                        return DownloadEnd.Changed;
                    }

                    await take(buffer.AsMemory(0, read));
                    position += read;
                    if (isEnough() && position < file.State.Bytes)
                    {
                        return DownloadEnd.Stopped;
                    }
                }

                if (position < file.State.Bytes)
                {
                    throw Short(source, position);
                }
            }
            catch (SourceUnavailableException) when (position > before || ++fruitless < MaxFruitless)
            {
                fruitless = position > before ? 0 : fruitless;
                await DisposeAsync();
                if (isEnough())
                {
                    return DownloadEnd.Stopped;
                }

                await Task.Delay(TimeSpan.FromSeconds(fruitless), time, cancellationToken);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
            server = null;
        }
    }

    private SourceUnavailableException Short(IDropServer source, long position) => new(
        $"Found the end of '{file.Text}' at '{source.Place}' after {position:N0} bytes; its listing says {file.State.Bytes:N0}.",
        "What was read is kept and nothing was landed.",
        "It is tried again from that byte; when it stays so, ask the sender to look at the file.");
}
