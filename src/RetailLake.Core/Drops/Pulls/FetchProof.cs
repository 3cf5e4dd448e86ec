using RetailLake.Core.Contracts;

namespace RetailLake.Core.Drops.Pulls;

/// <summary>What shows that a file is complete, read at the time of the fetch.</summary>
/// <param name="Text">As the drop record has it.</param>
/// <param name="Companion">State of the marker or control file.</param>
internal sealed record FetchProof(string Text, ControlFigures? Figures, FileState? Companion)
{
    /// <returns>Null when the proof is not there (any more).</returns>
    public static async Task<FetchProof?> ReadAsync(DropProof proof, NoticedFile file, IDropServer server, CancellationToken cancellationToken)
    {
        if (FileOf(proof) is not { } proofs)
        {
            return new(proof.Kind == ProofKind.Trailer ? "size and time are stable, the trailer is read later" : "size and time are stable", null, null);
        }

        var name = new RemoteName(proofs.NameFor(file.Name.Raw));
        if (await server.StateAsync(name, cancellationToken) is not { } state)
        {
            return null;
        }

        if (proof.Control is not { } control)
        {
            return new($"marker '{name.Text}'", null, state);
        }

        var figures = (await ControlReads.ReadAsync(server, name, state, control, cancellationToken)).Figures;
        return figures is null || (figures.Bytes ?? file.State.Bytes) != file.State.Bytes ? null : new($"control file '{name.Text}'", figures, state);
    }

    /// <summary>Over names as the server has them.</summary>
    public static ProofFile? FileOf(DropProof proof) => ProofFile.Of(proof with { Name = proof.Name is null ? null : RemoteName.Of(proof.Name).Raw });
}
