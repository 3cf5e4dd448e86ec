using RetailLake.Core.Errors;
using RetailLake.Core.Lake;

namespace RetailLake.Aws.Redshift;

/// <summary>The parts of one UNLOAD, one behind the other. It is read asynchronously; closing it deletes them.</summary>
internal sealed class UnloadedStream(ILake lake, IReadOnlyList<string> parts) : ForwardStream
{
    private Stream? current;
    private int opened;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (await CurrentAsync(cancellationToken) is { } part)
        {
            if (await part.ReadAsync(buffer, cancellationToken) is > 0 and var count)
            {
                return count;
            }

            await part.DisposeAsync();
            current = null;
        }

        return 0;
    }

    public override async ValueTask DisposeAsync()
    {
        if (current is not null)
        {
            await current.DisposeAsync();
        }

        try
        {
            foreach (var part in parts)
            {
                await lake.DeleteAsync(part, CancellationToken.None);
            }
        }
        catch (LakeUnavailableException)
        {
            // The rows were read; the bucket's lifecycle rule for 'unload/' takes the parts away two days later.
            return;
        }
        finally
        {
            await base.DisposeAsync();
        }
    }

    private async ValueTask<Stream?> CurrentAsync(CancellationToken cancellationToken)
    {
        if (current is null && opened < parts.Count)
        {
            var key = parts[opened++];
            current = await lake.OpenReadAsync(key, cancellationToken) ?? throw new LakeUnavailableException(
                $"Found no object '{key}' that UNLOAD wrote a moment ago.", "Nothing was exported.", "It is tried again; look at the lifecycle rule of 'unload/' when it persists.");
        }

        return current;
    }
}
