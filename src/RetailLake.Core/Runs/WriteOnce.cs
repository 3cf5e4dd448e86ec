using RetailLake.Core.Errors;
using RetailLake.Core.Lake;

namespace RetailLake.Core.Runs;

/// <summary>First manifest wins: whoever comes second adopts what is there.</summary>
public static class WriteOnce
{
    /// <returns>What the key holds now (the winner), and whether it is <paramref name="mine"/>.</returns>
    public static async Task<(T Winner, bool IsMine)> WriteOnceAsync<T>(this ILake lake, string key, T mine, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lake);
        if (await lake.PutIfAbsentAsync(key, LakeJson.ToBytes(mine), cancellationToken))
        {
            return (mine, true);
        }

        return (await lake.ReadAsync<T>(key, cancellationToken), false);
    }

    /// <returns>The object, or null when there is none.</returns>
    public static async Task<T?> TryReadAsync<T>(this ILake lake, string key, CancellationToken cancellationToken)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(lake);
        await using var stream = await lake.OpenReadAsync(key, cancellationToken);
        if (stream is null)
        {
            return null;
        }

        using var buffer = new MemoryStream();
        await stream.CopyToAsync(buffer, cancellationToken);
        return LakeJson.FromBytes<T>(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    /// <exception cref="ObjectDamagedException">There is no such object.</exception>
    public static async Task<T> ReadAsync<T>(this ILake lake, string key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lake);
        await using var stream = await lake.OpenReadAsync(key, cancellationToken) ?? throw new ObjectDamagedException(
            $"Found no object '{key}' in '{lake.Uri}'; an earlier step of this execution must have written it.",
            "Nothing was loaded.",
            "Redrive the execution; if it stays missing, start the work again with 'lake rerun'.");
        using var buffer = new MemoryStream();
        await stream.CopyToAsync(buffer, cancellationToken);
        return LakeJson.FromBytes<T>(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }
}
