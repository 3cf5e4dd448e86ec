namespace RetailLake.Local.Kafka;

/// <summary>What one invocation gets: as many records as the mapping says, and never more bytes than Lambda takes, but for one record that alone has more.</summary>
/// <remarks>On AWS such a record could not be given to a function at all; here it is, alone.</remarks>
internal sealed class PolledBatch(int records, int bytes = PolledBatch.LambdaBytes)
{
    /// <summary>Lambda's limit of a synchronous payload.</summary>
    public const int LambdaBytes = 6 * 1024 * 1024;

    private readonly List<PolledRecord> taken = [];
    private PolledRecord? carried;
    private long size = KafkaEvent.FrameBytes;

    public bool IsFull => taken.Count >= records || carried is not null;

    public bool IsEmpty => taken.Count == 0;

    /// <summary>A record that does not fit any more is the first of the next batch.</summary>
    public void Add(PolledRecord record)
    {
        var more = KafkaEvent.SizeOf(record);
        if (taken.Count > 0 && size + more > bytes)
        {
            carried = record;
            return;
        }

        taken.Add(record);
        size += more;
    }

    /// <summary>Forgets all of it.</summary>
    public void Clear()
    {
        carried = null;
        _ = Take();
    }

    /// <summary>Empties the batch.</summary>
    public IReadOnlyList<PolledRecord> Take()
    {
        PolledRecord[] batch = [.. taken];
        taken.Clear();
        size = KafkaEvent.FrameBytes;
        if (carried is { } record)
        {
            carried = null;
            Add(record);
        }

        return batch;
    }
}
