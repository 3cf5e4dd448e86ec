using System.Globalization;
using System.Runtime.CompilerServices;
using RetailLake.Core.Lake;

namespace RetailLake.Core.Streams;

/// <summary>
/// Where a segment lies: <c>landing/&lt;source&gt;/&lt;feed&gt;/topic=&lt;name&gt;/partition=00000/&lt;last&gt;-&lt;first&gt;.segment</c>, offsets in 19 digits.
/// The last offset stands first, so that a listing in order, started after a position, begins with the first segment that goes beyond it.
/// </summary>
public sealed record SegmentKey(string Source, string Feed, TopicPartition Of, long First, long Last)
{
    private const string Suffix = ".segment";
    private const int Digits = 19;

    public string Key => string.Create(CultureInfo.InvariantCulture, $"{Folder(Source, Feed, Of)}{Last:D19}-{First:D19}{Suffix}");

    public static string TopicFolder(string source, string feed, string topic) => $"landing/{source}/{feed}/topic={topic}/";

    public static string Folder(string source, string feed, TopicPartition of)
    {
        ArgumentNullException.ThrowIfNull(of);
        return string.Create(CultureInfo.InvariantCulture, $"{TopicFolder(source, feed, of.Topic)}partition={of.Partition:D5}/");
    }

    /// <summary>Segments of a partition that hold offsets beyond a position, by their last offset; −1: all of them.</summary>
    public static async IAsyncEnumerable<SegmentKey> BeyondAsync(
        ILake lake, string source, string feed, TopicPartition of, long position, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lake);
        var folder = Folder(source, feed, of);

        // '.' sorts behind '-': everything that ends at the position lies before it.
        var after = string.Create(CultureInfo.InvariantCulture, $"{folder}{Math.Max(position, 0):D19}{(position < 0 ? "" : ".")}");
        await foreach (var key in lake.ListAsync(folder, after, cancellationToken))
        {
            if (TryParse(key, source, feed, of) is { } segment)
            {
                yield return segment;
            }
        }
    }

    /// <returns>The last segment in the order of keys that holds an offset beyond the position; null: there is none.</returns>
    public static async Task<SegmentKey?> LastAsync(ILake lake, string source, string feed, TopicPartition of, long position, CancellationToken cancellationToken)
    {
        SegmentKey? last = null;
        await foreach (var segment in BeyondAsync(lake, source, feed, of, position, cancellationToken))
        {
            last = segment;
        }

        return last;
    }

    /// <returns>Null for a key that no segment of this partition has.</returns>
    public static SegmentKey? TryParse(string key, string source, string feed, TopicPartition of)
    {
        ArgumentNullException.ThrowIfNull(key);
        var folder = Folder(source, feed, of);
        return key.Length == folder.Length + (2 * Digits) + 1 + Suffix.Length && key.StartsWith(folder, StringComparison.Ordinal)
            && Number(key.AsSpan(folder.Length, Digits)) is { } last && Number(key.AsSpan(folder.Length + Digits + 1, Digits)) is { } first && first <= last
            && new SegmentKey(source, feed, of, first, last) is var segment && segment.Key == key ? segment : null;
    }

    private static long? Number(ReadOnlySpan<char> digits) => long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
