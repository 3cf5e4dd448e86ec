using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;

namespace RetailLake.Core.Drops;

/// <summary>
/// The name of the marker or control file beside a drop, made of <see cref="DropProof.Name"/>: <c>{name}.done</c> of <c>a.csv</c> is <c>a.csv.done</c>,
/// <c>{stem}.ctl</c> is <c>a.ctl</c>. A name of that form is never a drop.
/// </summary>
public sealed class ProofFile
{
    private const string Name = "{name}";
    private const string Stem = "{stem}";

    private readonly string before;
    private readonly string after;
    private readonly bool isOfStem;

    private ProofFile(string before, string after, bool isOfStem) => (this.before, this.after, this.isOfStem) = (before, after, isOfStem);

    /// <returns>Null when drops prove themselves.</returns>
    /// <exception cref="ContractInvalidException">The name is no template, see <see cref="IsTemplate"/>.</exception>
    public static ProofFile? Of(DropProof proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (proof.Kind is not (ProofKind.Marker or ProofKind.Control))
        {
            return null;
        }

        var template = proof.Name ?? (proof.Kind == ProofKind.Marker ? "{name}.done" : "{stem}.ctl");
        if (!IsTemplate(template))
        {
            throw new ContractInvalidException(
                $"Found the name '{template}' of a marker or control file; it is made of either '{Name}' or '{Stem}', once, and something that tells it from the drop.",
                "Nothing was taken in.", "Correct proofFile in retaillake.drop.");
        }

        var place = template.Contains(Stem, StringComparison.Ordinal) ? Stem : Name;
        var at = template.IndexOf(place, StringComparison.Ordinal);
        return new(template[..at], template[(at + place.Length)..], place == Stem);
    }

    /// <summary>With more than its place: a file that is named like its drop proves nothing, and would never be a drop.</summary>
    public static bool IsTemplate(string template)
    {
        ArgumentNullException.ThrowIfNull(template);
        return template.Split(Name).Length + template.Split(Stem).Length == 3 && template is not (Name or Stem);
    }

    /// <summary>Whether several drops may share one: a.xml and a.csv share a.ctl.</summary>
    public bool IsShared => isOfStem;

    public string NameFor(string drop)
    {
        ArgumentNullException.ThrowIfNull(drop);
        return $"{before}{(isOfStem ? StemOf(drop) : drop)}{after}";
    }

    /// <summary>Whether the file proves others and is no drop itself.</summary>
    public bool IsProof(string file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.Length > before.Length + after.Length && file.StartsWith(before, StringComparison.Ordinal) && file.EndsWith(after, StringComparison.Ordinal);
    }

    /// <summary>Whether the one file, a proof, speaks of the other.</summary>
    public bool Proves(string proof, string drop) => IsProof(proof) && !IsProof(drop) && NameFor(drop) == proof;

    private static string StemOf(string name) => name.LastIndexOf('.') is var dot and > 0 ? name[..dot] : name;
}
