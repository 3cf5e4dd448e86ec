using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;

namespace RetailLake.Core.Drops.Pulls;

/// <summary>Brings one noticed file from a sender's server into landing, and says so with a drop record. Every step may run again.</summary>
/// <remarks>
/// | the file                                    | outcome    | what becomes of it                                          |
/// | all bytes, still the same, control agrees   | Landed     | landing, then record, then the seen mark; parts are deleted |
/// | seen before                                 | Known      | nothing                                                     |
/// | grew, was replaced, is gone                 | Changed    | parts are deleted; the next poll notices it anew            |
/// | its control file is gone or being rewritten | Unproven   | a later poll looks again                                    |
/// | differs from its control file, twice alike  | Refused    | marked, until the sender changes one of the two             |
/// | listed, and its server does not give it     | Unreadable | parts are kept; each later poll tries again                 |
/// | time ran short                              | Partial    | parts are kept; the next invocation goes on                 |
/// </remarks>
public sealed class DropFetch(IDropServers servers, ILake lake, TimeProvider time)
{
    public async Task<FetchResult> FetchAsync(Contract contract, string file, FetchLimits limits, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(contract);
        ArgumentNullException.ThrowIfNull(limits);
        var noticed = await lake.ReadAsync<NoticedFile>(file, cancellationToken);
        var books = new FetchBooks(contract, noticed, lake, time);
        if (await books.IsSeenAsync(cancellationToken))
        {
            return new(FetchOutcome.Known, noticed.State.Bytes);
        }

        await using var download = new Download(contract, noticed, servers, time);
        var proof = await FetchProof.ReadAsync(contract.Drop!.Proof, noticed, await download.ServerAsync(cancellationToken), cancellationToken);
        if (proof is null)
        {
            return new(FetchOutcome.Unproven, 0);
        }

        try
        {
            return await FetchAsync(contract, noticed, download, proof, books, limits, cancellationToken);
        }
        catch (ObjectDamagedException) when (!cancellationToken.IsCancellationRequested)
        {
            // Another attempt at the same file has finished it and deleted the parts from under this one.
            if (await books.IsSeenAsync(cancellationToken))
            {
                return new(FetchOutcome.Known, noticed.State.Bytes);
            }

            throw;
        }
    }

    private async Task<FetchResult> FetchAsync(
        Contract contract, NoticedFile noticed, Download download, FetchProof proof, FetchBooks books, FetchLimits limits, CancellationToken cancellationToken)
    {
        var fetched = noticed.State.Bytes <= limits.WholeBytes
            ? await new WholeFetch(contract, noticed, lake).RunAsync(download, proof, cancellationToken)
            : await new PartsFetch(contract, noticed, lake, limits).RunAsync(download, proof, books.Parts, cancellationToken);
        switch (fetched)
        {
            case { Landed: { } landed }:
                await books.RecordAsync(landed, proof, cancellationToken);
                break;
            case { Outcome: FetchOutcome.Refused }:
                await books.DisputeAsync(fetched, proof, cancellationToken);
                break;
            case { Outcome: FetchOutcome.Changed }:
                await books.Parts.DeleteAsync(cancellationToken);
                break;
            default:
                break;
        }

        return new(fetched.Outcome, fetched.Bytes, fetched.Disagreement);
    }
}

/// <param name="Bytes">Of the file that are in the lake now.</param>
/// <param name="Message">Why the file was refused.</param>
public sealed record FetchResult(FetchOutcome Outcome, long Bytes, string? Message = null);

public enum FetchOutcome
{
    Landed,
    Known,
    Changed,
    Unproven,
    Refused,
    Unreadable,
    Partial,
}

/// <param name="Attempt">Names this attempt in keys.</param>
/// <param name="TimeLeft">Until the invocation is ended from outside.</param>
public sealed record FetchLimits(string Attempt, Func<TimeSpan> TimeLeft)
{
    /// <summary>To save the part that is being written.</summary>
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(45);

    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    /// <summary>Bytes per second that parts are read, hashed and written again with; a careful figure for S3.</summary>
    private const double LandingRate = 30e6;

    /// <summary>Smaller files are held in memory and written once.</summary>
    public long WholeBytes { get; init; } = 8 << 20;

    public long PartBytes { get; init; } = 64 << 20;

    public bool IsShort() => TimeLeft() < Reserve;

    /// <summary>Until time is short; at least a moment.</summary>
    public TimeSpan TimeToRead() => TimeLeft() - Reserve is var left && left > Moment ? left : Moment;

    public bool CanLand(long bytes) => TimeLeft() > Reserve + TimeSpan.FromSeconds(bytes / LandingRate);
}
