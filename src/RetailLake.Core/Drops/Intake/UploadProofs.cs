using System.Globalization;
using RetailLake.Core.Contracts;

namespace RetailLake.Core.Drops.Intake;

/// <summary>What shows that an upload is a complete drop of its contract, or why it is not taken in.</summary>
/// <param name="File">The marker or control file; it goes when the upload goes.</param>
internal sealed record UploadProof(IntakeResult? Result, long Version, string Words, Upload? File, ControlFigures? Figures);

/// <summary>
/// Judges uploads by the contract.
/// <list type="table">
/// <item><term>a link, a folder, a name that is no text or that the contract does not want, too large</term><description>refused</description></item>
/// <item><term>marker or control file not there, or older than its file</term><description>waits</description></item>
/// <item><term>the same on S3, where files appear whole and in any order</term><description>waits only for a control file that states nothing but rows</description></item>
/// <item><term>control file states something else, or nothing</term><description>refused</description></item>
/// <item><term>a file (not on S3) without its trailer, written to within the last minute</term><description>waits</description></item>
/// <item><term>otherwise</term><description>complete, when nobody is writing it</description></item>
/// </list>
/// </summary>
internal sealed class UploadProofs(DropSpec spec, Contract contract, IUploads uploads)
{
    private readonly ProofFile? proof = ProofFile.Of(spec.Proof);

    public Contract Contract => contract;

    public bool IsProof(string name) => proof?.IsProof(name) == true;

    public bool Proves(string file, string drop) => proof?.Proves(file, drop) == true;

    public async Task<UploadProof> ProveAsync(Upload upload, CancellationToken cancellationToken)
    {
        if (Unwanted(upload) is { } reason)
        {
            return Not(upload, IntakeOutcome.Refused, reason);
        }

        var version = DropVersions.Of(spec, upload.Name, upload.Modified)!.Value;
        if (proof is null)
        {
            return new(null, version, spec.Proof.Kind == ProofKind.Trailer ? "its own end; size and time did not change" : "size and time did not change", null, null);
        }

        var name = proof.NameFor(upload.Name);
        if (await uploads.FindAsync(contract.Source, contract.Feed, name, cancellationToken) is not { Oddity: null } file)
        {
            return Not(upload, IntakeOutcome.Waiting, $"waits for '{Shown.Of(name)}'");
        }

        // A marker left from an earlier delivery says nothing about this one.
        if (!upload.AppearedWhole && file.Modified < upload.Modified)
        {
            return WaitsForLater(upload, name);
        }

        return spec.Proof.Control is { } layout
            ? await ControlledAsync(upload, file, version, layout, cancellationToken)
            : new(null, version, $"marker '{name}'", file, null);
    }

    public static bool Contradicts(UploadDigest digest, UploadProof found) => found.Figures?.Disagreement(digest.Bytes, digest.Sha256, digest.Md5) is not null;

    /// <returns>Why the bytes are not taken; null when they are.</returns>
    public string? Refuses(UploadDigest digest, UploadProof found) =>
        found.Figures?.Disagreement(digest.Bytes, digest.Sha256, digest.Md5)
        ?? (spec.Proof.Kind == ProofKind.Stable && spec.Compression == DropCompression.None && HasLines && digest.Bytes > 0 && !EndsWithLineEnd(digest)
            ? "does not end with a line end, the only sign of completeness that its contract has"
            : null);

    /// <summary>Whether a drop that proves itself shows its end; on S3 it is whole when it is seen.</summary>
    public bool ShowsItsEnd(Upload upload, UploadDigest digest) => upload.AppearedWhole || spec.Proof.Kind != ProofKind.Trailer || TrailerSight.IsSeen(spec, digest.Tail.Span);

    /// <summary>The uploads that a marker or control file speaks of.</summary>
    public async Task<IReadOnlyList<Upload>> ProvenByAsync(string file, CancellationToken cancellationToken)
    {
        List<Upload> proven = [];
        await foreach (var upload in uploads.ListAsync(contract.Source, contract.Feed, cancellationToken))
        {
            if (Proves(file, upload.Name))
            {
                proven.Add(upload);
            }
        }

        return proven;
    }

    /// <summary>Whether another upload is still proven by the file, or may be: on S3 it need not be there yet.</summary>
    /// <param name="isYoung">It need not be there yet only for so long.</param>
    public async Task<bool> IsNeededAsync(Upload file, bool isYoung, CancellationToken cancellationToken) => proof!.IsShared
        && ((isYoung && file.AppearedWhole && !DropNames.HaveOneExtension(spec)) || (await ProvenByAsync(file.Name, cancellationToken)).Any(upload => Unwanted(upload) is null));

    private async Task<UploadProof> ControlledAsync(Upload upload, Upload file, long version, ControlFile layout, CancellationToken cancellationToken)
    {
        if (file.Bytes > ControlFigures.MaxBytes)
        {
            return Not(upload, IntakeOutcome.Refused, $"has a control file of {Count(file.Bytes)} bytes; at most {Count(ControlFigures.MaxBytes)} are one");
        }

        await using var stream = await uploads.OpenReadAsync(file, cancellationToken);
        if (stream is null)
        {
            return Not(upload, IntakeOutcome.Waiting, "waits for its control file, which is being written");
        }

        var content = new byte[ControlFigures.MaxBytes];
        var length = await stream.ReadAtLeastAsync(content, content.Length, throwOnEndOfStream: false, cancellationToken);
        try
        {
            var figures = ControlFigures.Parse(layout, content.AsSpan(0, length));
            return file.Modified < upload.Modified && !figures.NamesItsContent
                ? WaitsForLater(upload, file.Name)
                : new(null, version, $"control file '{file.Name}'", file, figures);
        }
        catch (FormatException e)
        {
            return Not(upload, IntakeOutcome.Refused, $"has a control file that {e.Message}");
        }
    }

    private string? Unwanted(Upload upload) =>
        upload.Oddity
        ?? (upload.Name.Contains('/', StringComparison.Ordinal) ? "lies in a folder below its feed's"
            : DropNames.MatchOf(spec, upload.Name) is null ? $"has a name that contract '{contract.Id}' does not want ('{spec.NamePattern}')"
            : DropVersions.Of(spec, upload.Name, upload.Modified) is null ? "has a name whose version is no number below 2^63"
            : upload.Bytes > spec.MaxBytes ? $"has {Count(upload.Bytes)} bytes; contract '{contract.Id}' allows {Count(spec.MaxBytes)}"
            : null);

    private UploadProof WaitsForLater(Upload upload, string name) => Not(upload, IntakeOutcome.Waiting, $"waits for a '{Shown.Of(name)}' that was written after it");

    private UploadProof Not(Upload upload, IntakeOutcome outcome, string reason) => new(new(contract.Id, upload.Name, outcome, reason), 0, "", null, null);

    private bool HasLines => spec.Format == DropFormat.Delimited || spec.Fixed is { RecordLength: 0 };

    /// <summary>In UTF-16 the last byte, or the one before it, is the line feed's. Old programs fill a file's last block with 0x1A.</summary>
    private bool EndsWithLineEnd(UploadDigest digest)
    {
        if (spec.SubstitutesEof)
        {
            return digest.BeforeSubstitutes is (byte)'\n' or (byte)'\r';
        }

        return digest.Tail.Span is [.., (byte)'\n' or (byte)'\r'] or [.., (byte)'\n' or (byte)'\r', 0];
    }

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
