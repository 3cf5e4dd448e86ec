using System.Buffers;

namespace RetailLake.Core.Rows.Landing;

/// <summary>
/// Writes rows in the dialect <c>mysql-tab</c>, compressed. Fields are copied into a block; full blocks are compressed on another thread while
/// the next one is filled. One thread at a time; <see cref="CompleteAsync"/> must be called, disposing alone leaves a torn frame.
/// </summary>
public sealed class TabWriter : IAsyncDisposable
{
    private const int BlockBytes = 256 * 1024;

    private readonly Stream compressor;
    private byte[] block = ArrayPool<byte>.Shared.Rent(BlockBytes + 4096);
    private byte[]? spare;
    private Task compressing = Task.CompletedTask;
    private int length;
    private bool inRow;

    /// <param name="destination">A <see cref="Lake.LakeWriter"/>'s stream; it is not closed.</param>
    public TabWriter(Stream destination) => compressor = LandingCompression.Compress(destination);

    /// <summary>Rows ended so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Appends a field's bytes, escaped.</summary>
    public void WriteField(ReadOnlySpan<byte> field)
    {
        field.CopyTo(GetFieldSpan(field.Length));
        EndField(field.Length);
    }

    /// <summary>Room for a field's bytes, for readers that copy straight from their own buffer; <see cref="EndField"/> must follow.</summary>
    public Span<byte> GetFieldSpan(int maximumLength)
    {
        Separate(maximumLength);
        return block.AsSpan(length, maximumLength);
    }

    /// <summary>Takes the first bytes of the span given out as the field and escapes them where they need it.</summary>
    public void EndField(int fieldLength)
    {
        var field = block.AsSpan(length, fieldLength);
        var special = field.IndexOfAny(TabText.Special);
        length += special < 0 ? fieldLength : EscapeInPlace(fieldLength, special);
    }

    public void WriteNull()
    {
        Separate(2);
        block[length++] = TabText.Backslash;
        block[length++] = (byte)'N';
    }

    /// <summary>Ends the row. When a block is full and the one before it is still being compressed, this waits for it.</summary>
    public void EndRow()
    {
        FinishRow();
        if (length >= BlockBytes)
        {
            compressing.GetAwaiter().GetResult();
            StartCompressing();
        }
    }

    /// <summary>As <see cref="EndRow"/>, without blocking a thread.</summary>
    public ValueTask EndRowAsync(CancellationToken cancellationToken)
    {
        FinishRow();
        return length < BlockBytes ? ValueTask.CompletedTask : HandOverAsync(cancellationToken);
    }

    /// <summary>Compresses what is left and ends the frame.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (inRow)
        {
            throw new InvalidOperationException("Found a row without an end; call EndRow after its last field. The object is incomplete and must not be committed.");
        }

        await HandOverAsync(cancellationToken);
        await compressing;
        await compressor.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        // After a failure the stream below may be broken: ending the frame would throw and hide the failure's cause.
        await compressing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ArrayPool<byte>.Shared.Return(block);
        if (spare is not null)
        {
            ArrayPool<byte>.Shared.Return(spare);
        }

        (block, spare) = ([], null);
    }

    private void Separate(int fieldLength)
    {
        // One byte for the separator before the field and one for the row's end.
        if (block.Length - length < fieldLength + 2)
        {
            Grow(fieldLength + 2);
        }

        if (inRow)
        {
            block[length++] = TabText.Tab;
        }

        inRow = true;
    }

    private void FinishRow()
    {
        if (length == block.Length)
        {
            Grow(1);
        }

        block[length++] = TabText.NewLine;
        inRow = false;
        Rows++;
    }

    private int EscapeInPlace(int fieldLength, int firstSpecial)
    {
        var tail = fieldLength - firstSpecial;
        var copy = ArrayPool<byte>.Shared.Rent(tail);
        block.AsSpan(length + firstSpecial, tail).CopyTo(copy);
        if (block.Length - length < firstSpecial + (2 * tail) + 2)
        {
            length += firstSpecial;
            Grow((2 * tail) + 2);
            length -= firstSpecial;
        }

        var escaped = TabText.Escape(copy.AsSpan(0, tail), block.AsSpan(length + firstSpecial));
        ArrayPool<byte>.Shared.Return(copy);
        return firstSpecial + escaped;
    }

    private void Grow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(checked(length + needed), block.Length));
        if (larger.Length <= block.Length)
        {
            ArrayPool<byte>.Shared.Return(larger);
            larger = new byte[checked(length + needed)];
        }

        block.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(block);
        block = larger;
    }

    private async ValueTask HandOverAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await compressing;
        StartCompressing();
    }

    private void StartCompressing()
    {
        var (full, bytes) = (block, length);
        (block, spare, length) = (spare ?? ArrayPool<byte>.Shared.Rent(BlockBytes + 4096), full, 0);
        compressing = Task.Run(() => compressor.Write(full, 0, bytes));
    }
}
