using System.IO.Compression;
using System.Text.Json.Nodes;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;

namespace RetailLake.Local.Running;

/// <summary>Rejected rows as quarantine holds them: coordinates, reasons, and the row with tokens in the place of personal values.</summary>
public sealed class Quarantine(ILake lake, QuarantineStates states)
{
    /// <param name="contract">Null: of all contracts.</param>
    public async Task<IReadOnlyList<QuarantinedRun>> ListAsync(string? contract, CancellationToken cancellationToken)
    {
        var runs = new SortedDictionary<string, QuarantinedRun>(StringComparer.Ordinal);
        await foreach (var key in lake.ListAsync(contract is null ? "runs/" : $"runs/{contract}/", cancellationToken))
        {
            if (!key.EndsWith("/validated.json", StringComparison.Ordinal) || key.Split('/') is not [_, var feed, var execution, ..])
            {
                continue;
            }

            var manifest = await lake.ReadAsync<ValidatedManifest>(key, cancellationToken);
            foreach (var table in manifest.Tables.Where(table => table.RejectedRows > 0))
            {
                var id = $"{feed}/{execution}";
                var run = runs.GetValueOrDefault(id) ?? new(feed, execution, 0, new Dictionary<string, long>(), []);
                runs[id] = run with
                {
                    Rows = run.Rows + table.RejectedRows,
                    Reasons = Add(run.Reasons, table.Table, table.Reasons),
                    Objects = table.Rejects is { } rejects ? [.. run.Objects, new(table.Table, rejects.Key)] : run.Objects,
                };
            }
        }

        List<QuarantinedRun> told = [];
        foreach (var run in runs.Values)
        {
            told.Add(run with { State = await states.OfAsync(run.Contract, run.Execution, cancellationToken) });
        }

        return told;
    }

    public async IAsyncEnumerable<(string Table, JsonObject Reject)> ReadAsync(
        QuarantinedRun run, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        foreach (var (table, key) in run.Objects)
        {
            await using var stream = await lake.OpenReadAsync(key, cancellationToken);
            if (stream is null)
            {
                continue;
            }

            using var reader = new StreamReader(new GZipStream(stream, CompressionMode.Decompress));
            while (await reader.ReadLineAsync(cancellationToken) is { } line)
            {
                yield return (table, JsonNode.Parse(line)!.AsObject());
            }
        }
    }

    private static Dictionary<string, long> Add(IReadOnlyDictionary<string, long> sum, string table, IReadOnlyDictionary<string, long> reasons)
    {
        var all = new Dictionary<string, long>(sum, StringComparer.Ordinal);
        foreach (var (reason, count) in reasons)
        {
            all[$"{table}: {reason}"] = all.GetValueOrDefault($"{table}: {reason}") + count;
        }

        return all;
    }
}

/// <param name="Contract"><c>source.feed</c>.</param>
/// <param name="Reasons">Rejected rows by table and reason; a row with two reasons counts in both.</param>
public sealed record QuarantinedRun(string Contract, string Execution, long Rows, IReadOnlyDictionary<string, long> Reasons, IReadOnlyList<RejectObject> Objects)
{
    /// <summary>See <see cref="QuarantineStates"/>.</summary>
    public string State { get; init; } = QuarantineStates.Open;
}

public sealed record RejectObject(string Table, string Key);
