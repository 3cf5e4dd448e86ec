using RetailLake.Core.Contracts;
using RetailLake.Core.Lake;

namespace RetailLake.Core.Drops.Pulls;

/// <summary>Small files: through memory, written once.</summary>
internal sealed class WholeFetch(Contract contract, NoticedFile file, ILake lake)
{
    public async Task<Fetched> RunAsync(Download download, FetchProof proof, CancellationToken cancellationToken)
    {
        var bytes = new byte[file.State.Bytes];
        var length = 0;
        var end = await download.RunAsync(0, Take, () => false, cancellationToken);
        if (end != DownloadEnd.Complete)
        {
            return new(end == DownloadEnd.Unreadable ? FetchOutcome.Unreadable : FetchOutcome.Changed, 0);
        }

        using var hash = new ContentHash();
        hash.Append(bytes);
        var content = hash.Finish();
        return proof.Figures?.Disagreement(content.Bytes, content.Sha256, content.Md5) is { } disagreement
            ? Fetched.Refused(content, disagreement)
            : new(FetchOutcome.Landed, content.Bytes, await new DropLanding(lake, contract.Source, contract.Feed).LandAsync(content, bytes, cancellationToken));

        ValueTask Take(ReadOnlyMemory<byte> arrived)
        {
            arrived.CopyTo(bytes.AsMemory(length));
            length += arrived.Length;
            return ValueTask.CompletedTask;
        }
    }
}
