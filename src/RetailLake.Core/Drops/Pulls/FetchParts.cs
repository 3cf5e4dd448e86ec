using System.Globalization;
using RetailLake.Core.Lake;

namespace RetailLake.Core.Drops.Pulls;

/// <summary>The saved parts of a file that is being fetched. Each is written once, so whoever comes later goes on where they end.</summary>
/// <remarks>Two attempts may overlap; a part is named by where it begins and by its attempt, and a chain without gaps is what counts.</remarks>
internal sealed class FetchParts(ILake lake, string folder)
{
    private const string Prefix = "part-";
    private const int Digits = 15;

    public string KeyOf(long start, string attempt) => $"{folder}{Prefix}{start.ToString($"D{Digits}", CultureInfo.InvariantCulture)}-{attempt}";

    /// <returns>Parts that follow each other from the first byte on, as far as any do.</returns>
    public async Task<IReadOnlyList<FetchPart>> ChainAsync(CancellationToken cancellationToken)
    {
        var parts = new List<FetchPart>();
        await foreach (var key in lake.ListAsync(folder, cancellationToken))
        {
            if (StartOf(key) is { } start && await lake.LengthAsync(key, cancellationToken) is > 0 and { } bytes)
            {
                parts.Add(new(key, start, bytes));
            }
        }

        // From the last start down: parts of two attempts end at different bytes, and the longest may be one that nothing follows.
        var best = new Dictionary<long, (FetchPart Part, long Reach)>();
        foreach (var part in parts.OrderByDescending(part => part.Start))
        {
            var reach = best.TryGetValue(part.End, out var next) ? next.Reach : part.End;
            if (!best.TryGetValue(part.Start, out var other) || other.Reach < reach)
            {
                best[part.Start] = (part, reach);
            }
        }

        var chain = new List<FetchPart>();
        while (best.TryGetValue(chain.Count == 0 ? 0 : chain[^1].End, out var next))
        {
            chain.Add(next.Part);
        }

        return chain;
    }

    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        var keys = new List<string>();
        await foreach (var key in lake.ListAsync(folder, cancellationToken))
        {
            keys.Add(key);
        }

        foreach (var key in keys)
        {
            await lake.DeleteAsync(key, cancellationToken);
        }
    }

    private long? StartOf(string key) =>
        key.Length > folder.Length + Prefix.Length + Digits
        && long.TryParse(key.AsSpan(folder.Length + Prefix.Length, Digits), NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? start : null;
}

internal sealed record FetchPart(string Key, long Start, long Bytes)
{
    public long End => Start + Bytes;
}
