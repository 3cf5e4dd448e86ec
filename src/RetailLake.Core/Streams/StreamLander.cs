using System.Globalization;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Errors;
using RetailLake.Core.Lake;
using RetailLake.Core.Rows.Drops;
using RetailLake.Core.Runs;

namespace RetailLake.Core.Streams;

/// <summary>
/// The core of LandSlice for topics. The bytes lie in landing already and are not copied: each segment's hash is pinned, its offsets counted, and its records
/// read once as rows, counted and summed.
/// </summary>
/// <remarks>Reading blocks the calling thread.</remarks>
public sealed class StreamLander(IDropReaders readers)
{
    /// <exception cref="ObjectDamagedException">A segment of the plan is gone, or is none.</exception>
    public async Task<LandedManifest> LandAsync(Contract contract, PlanSlice slice, ILake lake, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(contract);
        ArgumentNullException.ThrowIfNull(slice);
        List<LandedDrop> drops = [];
        List<LandedOffsets> offsets = [];
        foreach (var segment in slice.Segments ?? [])
        {
            var (pinned, records) = await PinAsync(segment, lake, cancellationToken);
            var (landed, times) = await ReadAsync(contract, pinned, lake, cancellationToken);
            drops.Add(landed);
            offsets.Add(new(segment.Topic, segment.Partition, segment.First, segment.Last, records, landed.Skipped.Values.Sum(), times.First, times.Last));
        }

        var found = DropLander.Sum(contract, drops.SelectMany(drop => drop.Rows));
        return new(slice.Number, [.. found.Select(table => new LandedTable(table.Table, LandedTable.DropsFormat, null, table.Rows))], found, found)
        {
            Drops = drops,
            Offsets = offsets,
        };
    }

    /// <summary>What is in the object now is what every later step must find there.</summary>
    private static async Task<(DropRef Segment, long Records)> PinAsync(PlanSegment segment, ILake lake, CancellationToken cancellationToken)
    {
        await using var stored = await lake.OpenReadAsync(segment.Key, cancellationToken) ?? throw new ObjectDamagedException(
            $"Found no object '{segment.Key}' in '{lake.Uri}'; the plan lists it.", "Nothing was taken from it.", "Restore the object from the bucket's versions or a backup, then redrive.");
        using var bytes = new MemoryStream();
        await stored.CopyToAsync(bytes, cancellationToken);
        var landed = ContentSum.Of(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)).At(segment.Key);
        bytes.Position = 0;
        using var reader = SegmentReader.Open(bytes, segment.Key);
        var records = 0L;
        while (reader.Read())
        {
            records += reader.Offset >= segment.First ? 1 : 0;
        }

        if (reader.Of != segment.Of || reader.Last != segment.Last)
        {
            throw new ObjectDamagedException(
                string.Create(CultureInfo.InvariantCulture, $"Found a segment of '{reader.Of}' that ends at {reader.Last} in '{segment.Key}'; its key says '{segment.Of}' and {segment.Last}."),
                "Nothing was taken from it.", "Restore the object from the bucket's versions or a backup, then redrive.");
        }

        var id = string.Create(CultureInfo.InvariantCulture, $"{segment.Of}:{segment.First}-{segment.Last}");
        return (new(id, segment.Of.ToString(), landed, 0, DateTimeOffset.UnixEpoch) { FirstOffset = segment.First }, records);
    }

    private async Task<(LandedDrop Landed, (long? First, long? Last) Times)> ReadAsync(Contract contract, DropRef segment, ILake lake, CancellationToken cancellationToken)
    {
        using var rows = await DropRows.OpenAsync(lake, readers, contract, segment, cancellationToken);
        var totals = new DropTotals(contract, segment);
        var (first, last) = (long.MaxValue, long.MinValue);
        while (rows.Read())
        {
            totals.Add(rows.TableIndex, rows.Row);
            if (rows.Origin is { EventTime: >= 0 and var time })
            {
                (first, last) = (Math.Min(first, time), Math.Max(last, time));
            }

            if ((rows.Row.Number & 0xFFF) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        rows.Finish();
        var landed = totals.Settle([]);
        var skipped = new SortedDictionary<string, long>(rows.Skipped.ToDictionary(), StringComparer.Ordinal);
        return (new(segment, landed, skipped), first > last ? (null, null) : (first, last));
    }
}
