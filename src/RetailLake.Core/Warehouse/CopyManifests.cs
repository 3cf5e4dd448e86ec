using RetailLake.Core.Lake;
using RetailLake.Core.Runs;

namespace RetailLake.Core.Warehouse;

/// <summary>Redshift's COPY manifests: exactly the audited objects, with their lengths, all mandatory.</summary>
public static class CopyManifests
{
    public static async Task WriteAsync(ILake lake, Run run, AuditReport audit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lake);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(audit);
        foreach (var table in audit.Tables)
        {
            await WriteAsync(lake, run.Keys.CopyManifest(table.Table), table.Files, cancellationToken);
            await WriteAsync(lake, run.Keys.CopyManifest($"{table.Table}.keys"), table.KeyFiles, cancellationToken);
        }
    }

    private static async Task WriteAsync(ILake lake, string key, IReadOnlyList<CuratedTable> files, CancellationToken cancellationToken)
    {
        if (files.Count > 0)
        {
            var entries = files.Select(file => new { url = lake.Locate(file.Object.Key), mandatory = true, meta = new { content_length = file.Object.Bytes } });
            await lake.PutIfAbsentAsync(key, LakeJson.ToBytes(new { entries }), cancellationToken);
        }
    }
}
