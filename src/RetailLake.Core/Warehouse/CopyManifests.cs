using System.Text.Encodings.Web;
using System.Text.Json;
using RetailLake.Core.Contracts;
using RetailLake.Core.Runs;

namespace RetailLake.Core.Warehouse;

/// <summary>The exact files of each COPY of a load, as Redshift's manifest files list them.</summary>
public static class CopyManifests
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One entry per table with files, one for the keys of a sweep, one for the drops of a feed of files.</summary>
    public static IReadOnlyList<CopyManifest> Of(Contract contract, RunPlan plan, AuditReport audit)
    {
        ArgumentNullException.ThrowIfNull(contract);
        ArgumentNullException.ThrowIfNull(audit);
        var keys = RunKeys.Of(plan);
        List<CopyManifest> copies = audit.Drops is { } drops
            ? [new(DropStage.CopyName, keys.CopyManifest(DropStage.CopyName), [new(DropStage.CopyName, SliceKind.Drops, drops.Object, drops.Rows)], IsKeys: false)]
            : [];
        foreach (var table in contract.Tables)
        {
            if (audit.Tables.FirstOrDefault(audited => audited.Table == table.Name) is not { } audited)
            {
                continue;
            }

            Add(table.Name, audited.Files, isKeys: false);
            if (audit.HasKeySweep && ReferenceEquals(table, contract.Parent))
            {
                Add($"{table.Name}.keys", audited.KeyFiles, isKeys: true);
            }
        }

        return copies;

        void Add(string name, IReadOnlyList<CuratedTable> files, bool isKeys)
        {
            if (files.Count > 0)
            {
                copies.Add(new(name, keys.CopyManifest(name), files, isKeys));
            }
        }
    }

    /// <summary>The manifest's bytes. <c>content_length</c> is required for Parquet and must be exact; <c>mandatory</c> is false unless said.</summary>
    /// <remarks>https://docs.aws.amazon.com/redshift/latest/dg/loading-data-files-using-manifest.html</remarks>
    public static byte[] ToBytes(CopyManifest copy, Func<string, string> locate)
    {
        ArgumentNullException.ThrowIfNull(copy);
        ArgumentNullException.ThrowIfNull(locate);
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            entries = copy.Objects.Select(file => new { url = locate(file.Object.Key), mandatory = true, meta = new { content_length = file.Object.Bytes } }),
        }, Plain);
    }
}

/// <param name="Name">Table, or table.keys.</param>
/// <param name="Key">Where the manifest lies in the lake.</param>
public sealed record CopyManifest(string Name, string Key, IReadOnlyList<CuratedTable> Objects, bool IsKeys);
