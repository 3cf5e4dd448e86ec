using RetailLake.Core.Errors;

namespace RetailLake.Core.Lake;

/// <summary>Reading what manifests list.</summary>
public static class LakeReads
{
    /// <summary>Opens an object that is proven while it is read.</summary>
    /// <exception cref="ObjectDamagedException">There is no such object.</exception>
    public static async Task<VerifiedStream> OpenVerifiedAsync(this ILake lake, LakeObject listed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lake);
        ArgumentNullException.ThrowIfNull(listed);
        var stream = await lake.OpenReadAsync(listed.Key, cancellationToken) ?? throw new ObjectDamagedException(
            $"Found no object '{listed.Key}' in '{lake.Uri}'; a manifest lists it with {listed.Bytes:N0} bytes.",
            "Nothing was taken from it.",
            "Restore the object from the bucket's versions or a backup, then redrive; or read the source again with 'lake rerun'.");
        return new VerifiedStream(stream, listed);
    }

    /// <summary>Reads a whole object for its proof alone.</summary>
    /// <exception cref="ObjectDamagedException">It is missing, or not what the manifest lists.</exception>
    public static async Task VerifyAsync(this ILake lake, LakeObject listed, CancellationToken cancellationToken)
    {
        await using var stream = await OpenVerifiedAsync(lake, listed, cancellationToken);
        await stream.CopyToAsync(Stream.Null, 1 << 16, cancellationToken);
        stream.Finish();
    }
}
