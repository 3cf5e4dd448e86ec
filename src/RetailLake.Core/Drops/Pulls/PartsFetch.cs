using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Lake;

namespace RetailLake.Core.Drops.Pulls;

/// <summary>Large files: as parts, over as many invocations as it takes, then together into landing.</summary>
internal sealed class PartsFetch(Contract contract, NoticedFile file, ILake lake, FetchLimits limits)
{
    public async Task<Fetched> RunAsync(Download download, FetchProof proof, FetchParts parts, CancellationToken cancellationToken)
    {
        var chain = await parts.ChainAsync(cancellationToken);
        var start = chain.Count == 0 ? 0 : chain[^1].End;
        using var hash = new ContentHash();
        var end = await DownloadAsync(download, parts, start, hash, cancellationToken);
        if (end == DownloadEnd.Changed)
        {
            return new(FetchOutcome.Changed, 0);
        }

        if (end == DownloadEnd.Unreadable)
        {
            return new(FetchOutcome.Unreadable, start + hash.Bytes);
        }

        // An invocation that only has to put parts together does so whatever the clock says: the next one would have no more time.
        if (end == DownloadEnd.Stopped || (start < file.State.Bytes && !limits.CanLand(file.State.Bytes)))
        {
            return new(FetchOutcome.Partial, start + hash.Bytes);
        }

        chain = await parts.ChainAsync(cancellationToken);
        if (chain.Count == 0 || chain[^1].End != file.State.Bytes)
        {
            throw new ObjectDamagedException(
                $"Found {(chain.Count == 0 ? 0 : chain[^1].End):N0} bytes in the saved parts of '{file.Text}'; {file.State.Bytes:N0} were saved.",
                "Nothing was landed.", "Redrive: the file is fetched again from the last part that is there.");
        }

        return await LandAsync(proof, chain, start == 0 ? hash.Finish() : null, cancellationToken);
    }

    /// <summary>A server that falls silent must not take the time in which the open part is saved.</summary>
    private async Task<DownloadEnd> DownloadAsync(Download download, FetchParts parts, long start, ContentHash hash, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(limits.TimeToRead());
        await using var writer = new PartWriter(lake, parts, limits.Attempt, start, limits.PartBytes);
        try
        {
            return await download.RunAsync(start, TakeAsync, limits.IsShort, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return DownloadEnd.Stopped;
        }
        finally
        {
            await writer.SaveAsync(cancellationToken);
        }

        ValueTask TakeAsync(ReadOnlyMemory<byte> arrived)
        {
            hash.Append(arrived.Span);
            return writer.WriteAsync(arrived, cancellationToken);
        }
    }

    /// <param name="hashed">Null: parts of earlier invocations are among them and must be read for their hash first, since it names the place.</param>
    private async Task<Fetched> LandAsync(FetchProof proof, IReadOnlyList<FetchPart> chain, Content? hashed, CancellationToken cancellationToken)
    {
        var landing = new DropLanding(lake, contract.Source, contract.Feed);
        var content = hashed ?? await landing.ReadAsync(chain, cancellationToken);
        return proof.Figures?.Disagreement(content.Bytes, content.Sha256, content.Md5) is { } disagreement
            ? Fetched.Refused(content, disagreement)
            : new(FetchOutcome.Landed, content.Bytes, await landing.LandAsync(content, chain, cancellationToken));
    }
}
