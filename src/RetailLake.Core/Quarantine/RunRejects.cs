using System.IO.Compression;
using System.Text.Json;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;

namespace RetailLake.Core.Quarantine;

/// <summary>Which deliveries the rejected rows of a run came from.</summary>
public sealed class RunRejects(ILake lake)
{
    /// <returns>Rejected rows by record id (<see cref="Drops.DropRef.RecordId"/>) of the plan's drops. A slice that was not validated has none.</returns>
    public async Task<IReadOnlyDictionary<string, long>> ByDropAsync(RunPlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var records = plan.Drops.ToDictionary(drop => drop.Id, drop => drop.RecordId, StringComparer.Ordinal);
        var keys = RunKeys.Of(plan);
        Dictionary<string, long> rejected = new(StringComparer.Ordinal);
        foreach (var slice in plan.Slices)
        {
            var tables = (await lake.TryReadAsync<ValidatedManifest>(keys.Validated(slice.Number), cancellationToken))?.Tables ?? [];
            foreach (var rejects in tables.Select(table => table.Rejects).OfType<LakeObject>())
            {
                await foreach (var drop in DropsAsync(rejects, cancellationToken))
                {
                    if (records.TryGetValue(drop, out var record))
                    {
                        rejected[record] = rejected.GetValueOrDefault(record) + 1;
                    }
                }
            }
        }

        return rejected;
    }

    /// <summary>The drop of each rejected row.</summary>
    private async IAsyncEnumerable<string> DropsAsync(LakeObject rejects, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = await lake.OpenVerifiedAsync(rejects, cancellationToken);
        using var reader = new StreamReader(new GZipStream(stream, CompressionMode.Decompress));
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            using var reject = JsonDocument.Parse(line);
            if (reject.RootElement.TryGetProperty("drop", out var drop) && drop.GetString() is { } id)
            {
                yield return id;
            }
        }
    }
}
