using System.Globalization;

namespace RetailLake.Core.Runs;

/// <summary>Where things of one execution lie in the lake. Keys never hold names or values that came from a source's rows.</summary>
public sealed record RunKeys(string Source, string Feed, string Execution)
{
    public static RunKeys Of(RunPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var dot = plan.Contract.IndexOf('.', StringComparison.Ordinal);
        return new(plan.Contract[..dot], plan.Contract[(dot + 1)..], plan.Execution);
    }

    /// <summary>The run's own folder: plan, manifests, tokens; also the id that states pass along.</summary>
    public string Run => $"runs/{Source}.{Feed}/{Execution}";

    public string Plan => $"{Run}/plan.json";

    public string Slices => $"{Run}/slices.json";

    public string MapResults => $"{Run}/map";

    public string Audit => $"{Run}/audit.json";

    public string Drops => $"{Run}/drops.parquet";

    public string Export => $"{Run}/export.json";

    public string Landed(int slice) => $"{Run}/slice={Number(slice)}/landed.json";

    public string Validated(int slice) => $"{Run}/slice={Number(slice)}/validated.json";

    public string Curated(int slice) => $"{Run}/slice={Number(slice)}/curated.json";

    public string CopyManifest(string table) => $"{Run}/copy/{table}.manifest";

    /// <summary>Data keys carry run, slice and attempt, so a retried or zombie attempt never writes over another's object.</summary>
    public string LandingObject(int slice, string attempt, string file) => Data("landing", slice, attempt, file);

    public string QuarantineObject(int slice, string attempt, string file) => Data("quarantine", slice, attempt, file);

    public string CuratedObject(string table, int slice, string attempt) =>
        $"curated/{Source}/{table}/run={Execution}/slice={Number(slice)}-{attempt}.parquet";

    public string CuratedFolder(string table) => $"curated/{Source}/{table}/run={Execution}";

    private string Data(string zone, int slice, string attempt, string file) =>
        $"{zone}/{Source}/{Feed}/run={Execution}/slice={Number(slice)}/{attempt}/{file}";

    private static string Number(int slice) => slice.ToString("D4", CultureInfo.InvariantCulture);
}
