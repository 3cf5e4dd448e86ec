using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;

namespace RetailLake.Core.Drops.Pulls;

/// <summary>What is remembered of one file: its parts while it is fetched, the record of its drop, and that it needs no download any more.</summary>
internal sealed class FetchBooks(Contract contract, NoticedFile file, ILake lake, TimeProvider time)
{
    private readonly PullKeys keys = new(contract.Source, contract.Feed);
    private readonly string id = PullKeys.FileId(file.Name, file.State);

    public FetchParts Parts { get; } = new(lake, new PullKeys(contract.Source, contract.Feed).Parts(PullKeys.FileId(file.Name, file.State)));

    public async Task<bool> IsSeenAsync(CancellationToken cancellationToken) => await lake.LengthAsync(keys.Seen(id, file.State), cancellationToken) is not null;

    public async Task RecordAsync(LakeObject landed, FetchProof proof, CancellationToken cancellationToken)
    {
        var version = DropVersions.Of(contract.Drop!, file.Text, file.State.Modified) ?? throw new ContractChangedException(
            $"Found that contract '{contract.Id}' does not want '{file.Text}' any more; it did when the file was listed.",
            "The file stays on the sender's server and no drop was recorded.", "Start the pull again under today's contract.");
        var drop = new DropRef(DropIds.Of(contract.Id, file.Text, landed.Sha256, version), file.Text, landed, version, file.State.Modified) { DeclaredRows = proof.Figures?.Rows };
        await DropRecords.WriteAsync(lake, new(drop, contract.Id, proof.Text, time.GetUtcNow()), cancellationToken);
        await MarkAsync(keys.Seen(id, file.State), SeenOutcome.Landed, drop.Id, null, cancellationToken);
        await Parts.DeleteAsync(cancellationToken);
    }

    /// <summary>A transfer may have gone wrong once; the same other content twice is the sender's.</summary>
    /// <exception cref="SourceUnavailableException">This content was read for the first time.</exception>
    public async Task DisputeAsync(Fetched fetched, FetchProof proof, CancellationToken cancellationToken)
    {
        await Parts.DeleteAsync(cancellationToken);
        var refused = PullKeys.RefusedId(id, proof.Companion!);
        if (await lake.PutIfAbsentAsync(keys.Disputed(refused, fetched.Sha256!), LakeJson.ToBytes(fetched.Disagreement), cancellationToken))
        {
            throw new SourceUnavailableException(
                $"Found that '{file.Text}' {fetched.Disagreement}.",
                "What was read is not used.", "It is read once more; when it is the same again, the file is refused until the sender changes it or its control file.");
        }

        await MarkAsync(keys.Seen(refused, file.State), SeenOutcome.Refused, null, fetched.Disagreement, cancellationToken);
    }

    private Task<bool> MarkAsync(string key, SeenOutcome outcome, string? drop, string? message, CancellationToken cancellationToken) =>
        lake.PutIfAbsentAsync(key, LakeJson.ToBytes(new SeenFile(file.Text, outcome, drop, message, time.GetUtcNow())), cancellationToken);
}
