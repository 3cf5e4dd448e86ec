using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Lake;

namespace RetailLake.Core.Drops.Intake;

/// <summary>
/// Takes uploads in: proves each complete as its contract says, lands the bytes under their hash, writes the record, and only then deletes the
/// upload and its marker. Every step may be repeated and be overtaken by another attempt; after a crash between any two the next attempt goes on.
/// </summary>
/// <remarks>What is not taken in stays where it is and is told, with the reason.</remarks>
public sealed class DropIntake(ILake lake, IUploads uploads, TimeProvider time)
{
    /// <summary>A marker whose file is gone for so long was left by an attempt that ended between two deletions, or has proven all that it was for.</summary>
    private static readonly TimeSpan MarkerAge = TimeSpan.FromDays(1);

    /// <summary>A file without its trailer that was not written to for so long is cut: its writer makes no longer pauses. It is taken in, and reading refuses it.</summary>
    public static TimeSpan Calm { get; } = TimeSpan.FromMinutes(1);

    /// <summary>Everything that lies in the feed's folder.</summary>
    public async Task<IReadOnlyList<IntakeResult>> SweepAsync(Contract contract, CancellationToken cancellationToken)
    {
        var (proofs, all) = await FolderAsync(contract, cancellationToken);
        var results = await TakeAsync(proofs, [.. all.Where(upload => !proofs.IsProof(upload.Name))], cancellationToken);
        results.AddRange(await OrphansAsync(proofs, all, cancellationToken));
        return results;
    }

    /// <summary>The named uploads; the name of a marker or control file stands for the files that it proves.</summary>
    public async Task<IReadOnlyList<IntakeResult>> TakeAsync(Contract contract, IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(names);
        var proofs = new UploadProofs(Spec(contract), contract, uploads);
        List<IntakeResult> gone = [];
        Dictionary<string, Upload> found = new(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (proofs.IsProof(name))
            {
                foreach (var upload in await proofs.ProvenByAsync(name, cancellationToken))
                {
                    found[upload.Name] = upload;
                }
            }
            else if (await uploads.FindAsync(contract.Source, contract.Feed, name, cancellationToken) is { } upload)
            {
                found[name] = upload;
            }
            else
            {
                gone.Add(new(contract.Id, name, IntakeOutcome.Gone, "is not there (any more)"));
            }
        }

        return [.. gone, .. await TakeAsync(proofs, [.. found.Values], cancellationToken)];
    }

    /// <summary>Looks only: what <see cref="SweepAsync"/> would make of the folder, as far as it shows without reading the files.</summary>
    public async Task<IReadOnlyList<IntakeResult>> LookAsync(Contract contract, CancellationToken cancellationToken)
    {
        var (proofs, all) = await FolderAsync(contract, cancellationToken);
        List<IntakeResult> results = [];
        foreach (var upload in all)
        {
            results.Add(proofs.IsProof(upload.Name)
                ? new(contract.Id, upload.Name, IntakeOutcome.Waiting, "says that another file is complete")
                : (await ProveAsync(proofs, upload, cancellationToken)).Result ?? new(contract.Id, upload.Name, IntakeOutcome.Ready));
        }

        return results;
    }

    private async Task<(UploadProofs Proofs, IReadOnlyList<Upload> All)> FolderAsync(Contract contract, CancellationToken cancellationToken)
    {
        List<Upload> all = [];
        await foreach (var upload in uploads.ListAsync(contract.Source, contract.Feed, cancellationToken))
        {
            all.Add(upload);
        }

        return (new(Spec(contract), contract, uploads), all);
    }

    private async Task<List<IntakeResult>> TakeAsync(UploadProofs proofs, IReadOnlyList<Upload> found, CancellationToken cancellationToken)
    {
        List<IntakeResult> results = [];
        List<(Upload Upload, UploadProof Proof)> proven = [];
        foreach (var upload in found)
        {
            var proof = await ProveAsync(proofs, upload, cancellationToken);
            if (proof.Result is { } result)
            {
                results.Add(result);
            }
            else
            {
                proven.Add((upload, proof));
            }
        }

        var settled = (await uploads.SettledAsync([.. proven.Select(one => one.Upload)], cancellationToken)).ToHashSet();
        foreach (var (upload, proof) in proven)
        {
            results.Add(settled.Contains(upload)
                ? await OrRefusedAsync(proofs, upload, () => LandAsync(proofs, upload, proof, cancellationToken), result => result)
                : new(proofs.Contract.Id, upload.Name, IntakeOutcome.Waiting, "is still being written"));
        }

        return results;
    }

    private static Task<UploadProof> ProveAsync(UploadProofs proofs, Upload upload, CancellationToken cancellationToken) =>
        OrRefusedAsync(proofs, upload, () => proofs.ProveAsync(upload, cancellationToken), result => new(result, 0, "", null, null));

    /// <summary>One bad file must not keep the others out. A lake that does not answer is no file's fault: who called tries again.</summary>
    private static async Task<T> OrRefusedAsync<T>(UploadProofs proofs, Upload upload, Func<Task<T>> work, Func<IntakeResult, T> refused)
    {
        try
        {
            return await work();
        }
        catch (LakeException e) when (e is not LakeUnavailableException)
        {
            return refused(new(proofs.Contract.Id, upload.Name, IntakeOutcome.Refused, $"was not taken in: {e.Message}"));
        }
    }

    private async Task<IntakeResult> LandAsync(UploadProofs proofs, Upload upload, UploadProof proof, CancellationToken cancellationToken)
    {
        var contract = proofs.Contract;
        var changed = new IntakeResult(contract.Id, upload.Name, IntakeOutcome.Waiting, "was written to while it was read");
        UploadDigest digest;
        await using (var stream = await uploads.OpenReadAsync(upload, cancellationToken))
        {
            if (stream is null)
            {
                return await uploads.FindAsync(upload.Source, upload.Feed, upload.Name, cancellationToken) is null
                    ? new(contract.Id, upload.Name, IntakeOutcome.Gone, "is not there (any more)")
                    : changed;
            }

            digest = await UploadDigest.OfAsync(stream, proof.Figures?.Md5 is not null, cancellationToken);
        }

        if (digest.Bytes != upload.Bytes)
        {
            return changed;
        }

        if (!proofs.ShowsItsEnd(upload, digest) && time.GetUtcNow() - upload.Modified < Calm)
        {
            return new(contract.Id, upload.Name, IntakeOutcome.Waiting, "has no trailer yet, and was written to within the last minute");
        }

        if (proofs.Refuses(digest, proof) is { } reason)
        {
            return new(contract.Id, upload.Name, IntakeOutcome.Refused, reason) { IsContradicted = UploadProofs.Contradicts(digest, proof) };
        }

        var landed = digest.At(DropRecords.LandingKey(contract.Source, contract.Feed, digest.Sha256));
        if (!await IsLandedAsync(landed, cancellationToken) && !await uploads.CopyAsync(upload, landed.Key, landed.Sha256, cancellationToken))
        {
            return changed;
        }

        var id = DropIds.Of(contract.Id, upload.Name, digest.Sha256, proof.Version);
        var drop = new DropRef(id, upload.Name, landed, proof.Version, upload.Modified) { DeclaredRows = proof.Figures?.Rows };
        await DropRecords.WriteAsync(lake, new(drop, contract.Id, proof.Words, time.GetUtcNow()), cancellationToken);
        await uploads.DeleteAsync(upload, cancellationToken);
        if (proof.File is { } file && !await proofs.IsNeededAsync(file, isYoung: time.GetUtcNow() - file.Modified <= MarkerAge, cancellationToken))
        {
            await uploads.DeleteAsync(file, cancellationToken);
        }

        return new(contract.Id, upload.Name, IntakeOutcome.Taken, DropId: id);
    }

    private async Task<bool> IsLandedAsync(LakeObject landed, CancellationToken cancellationToken) => await lake.LengthAsync(landed.Key, cancellationToken) switch
    {
        null => false,
        { } there when there == landed.Bytes => true,
        { } there => throw new ObjectDamagedException(
            $"Found {there:N0} bytes in '{landed.Key}', which is named by the hash of {landed.Bytes:N0} bytes.", "The upload stays where it is.", "Move the damaged object away; the next sweep lands it again."),
    };

    private async Task<IReadOnlyList<IntakeResult>> OrphansAsync(UploadProofs proofs, IReadOnlyList<Upload> all, CancellationToken cancellationToken)
    {
        List<IntakeResult> results = [];
        foreach (var file in all.Where(upload => proofs.IsProof(upload.Name) && !all.Any(other => proofs.Proves(upload.Name, other.Name))))
        {
            results.Add(file.Oddity is null && time.GetUtcNow() - file.Modified > MarkerAge
                ? await OrRefusedAsync(proofs, file, () => ForgetAsync(proofs, file, cancellationToken), result => result)
                : new(proofs.Contract.Id, file.Name, IntakeOutcome.Waiting, "has no file beside it that it speaks of"));
        }

        return results;
    }

    private async Task<IntakeResult> ForgetAsync(UploadProofs proofs, Upload file, CancellationToken cancellationToken)
    {
        await uploads.DeleteAsync(file, cancellationToken);
        return new(proofs.Contract.Id, file.Name, IntakeOutcome.Gone, "had no file beside it for a day and was deleted");
    }

    private static DropSpec Spec(Contract contract)
    {
        ArgumentNullException.ThrowIfNull(contract);
        return contract.Drop ?? throw new NotSupportedByLakeException(
            $"Found uploads for '{contract.Id}', whose contract reads a database.", "They stay where they are.", "Put them into the folder of a feed of files.");
    }
}
