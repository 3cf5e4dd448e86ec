namespace RetailLake.Local.Kafka;

/// <summary>One partition of a topic: what the broker has, what landed, what is loaded.</summary>
/// <param name="High">The offset that the broker gives next; null: nobody reads it now.</param>
/// <param name="Landed">The last landed offset; −1: none.</param>
/// <param name="Loaded">The last loaded offset; −1: none.</param>
/// <param name="Gaps">Offsets that no landed record had: compaction, transactions, or batches that failed for good.</param>
/// <param name="LastRecordAt">When the last landed record was sent.</param>
/// <param name="Lost">Why it is not read; null: it is, or nobody looks.</param>
public sealed record StreamReport(string Contract, string Topic, int Partition, long? High, long Landed, long Loaded, long Gaps, DateTimeOffset? LastRecordAt, string? Lost)
{
    /// <summary>Records that the broker has and landing has not.</summary>
    public long? Lag => High is { } high ? Math.Max(0, high - Landed - 1) : null;

    /// <summary>Offsets that landed and are not loaded.</summary>
    public long Pending => Math.Max(0, Landed - Loaded);
}
