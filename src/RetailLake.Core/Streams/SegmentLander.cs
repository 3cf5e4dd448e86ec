using System.Security.Cryptography;
using RetailLake.Core.Contracts;
using RetailLake.Core.Lake;

namespace RetailLake.Core.Streams;

/// <param name="IsNew">False: the same segment lay there, from an earlier delivery.</param>
public sealed record LandedSegment(SegmentKey Key, int Records, bool IsNew);

/// <summary>
/// Lands what one invocation got of one partition. Repeats cost space and no more: a segment of the same offsets is the same object, one that overlaps others
/// repeats their records. Before anything is written, every offset that landed before is compared as bytes.
/// </summary>
public sealed class SegmentLander(ILake lake)
{
    /// <exception cref="StreamConflictException">An offset that landed before, or that came twice, has another record now.</exception>
    public async Task<LandedSegment> LandAsync(Contract contract, TopicPartition of, IEnumerable<StreamRecord> records, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(contract);
        ArgumentNullException.ThrowIfNull(of);
        ArgumentNullException.ThrowIfNull(records);
        var writer = new SegmentWriter(of);
        foreach (var record in records)
        {
            writer.Add(record);
        }

        var key = new SegmentKey(contract.Source, contract.Feed, of, writer.First, writer.Last);
        await CompareAsync(key, writer, cancellationToken);
        using var bytes = new MemoryStream();
        writer.WriteTo(bytes);
        if (await lake.PutIfAbsentAsync(key.Key, bytes.GetBuffer().AsMemory(0, (int)bytes.Length), cancellationToken))
        {
            return new(key, writer.Count, IsNew: true);
        }

        // Either it was compared above, or another invocation wrote it in between.
        await CompareAsync(key, writer, key, [.. writer.Offsets], cancellationToken);
        return new(key, writer.Count, IsNew: false);
    }

    /// <summary>Segments that hold some of these offsets lie, in order, behind the offset before the first: usually there are none.</summary>
    private async Task CompareAsync(SegmentKey delivered, SegmentWriter writer, CancellationToken cancellationToken)
    {
        HashSet<long> open = [.. writer.Offsets];
        await foreach (var landed in SegmentKey.BeyondAsync(lake, delivered.Source, delivered.Feed, delivered.Of, delivered.First - 1, cancellationToken))
        {
            if (landed.First <= delivered.Last)
            {
                await CompareAsync(delivered, writer, landed, open, cancellationToken);
            }

            // Landed segments agree with each other, so no offset needs a second look: a replay of months reads each segment once.
            if (open.Count == 0)
            {
                return;
            }
        }
    }

    private async Task CompareAsync(SegmentKey delivered, SegmentWriter writer, SegmentKey landed, HashSet<long> open, CancellationToken cancellationToken)
    {
        var stored = await lake.OpenReadAsync(landed.Key, cancellationToken);
        if (stored is null)
        {
            // Its age was over between the listing and now.
            return;
        }

        using var reader = SegmentReader.Open(stored, landed.Key);
        while (reader.Read())
        {
            if (writer.Body(reader.Offset) is { } body && open.Remove(reader.Offset) && !body.Span.SequenceEqual(reader.Body))
            {
                throw StreamConflictException.WithLanded(delivered.Of, reader.Offset, landed.Key, Hash(reader.Body), Hash(body.Span));
            }
        }
    }

    private static string Hash(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(SHA256.HashData(body));
}
