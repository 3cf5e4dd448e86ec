using RetailLake.Core.Lake;

namespace RetailLake.Sources.Drops;

/// <summary>A stream whose bytes are there when they are asked for: it is read synchronously.</summary>
internal abstract class PlainStream : ForwardStream
{
    public abstract override int Read(Span<byte> buffer);

    public sealed override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));
}
