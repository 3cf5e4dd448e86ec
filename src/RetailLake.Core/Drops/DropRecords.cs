using System.Runtime.CompilerServices;
using System.Text.Json;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;

namespace RetailLake.Core.Drops;

/// <summary>The records of landed drops of a feed. Anybody who may upload can also write something that looks like one: only what agrees with its own key is a record.</summary>
public static class DropRecords
{
    public const string Suffix = ".drop.json";

    /// <summary>Names have at most a kilobyte; something larger under a record's name is not read at all.</summary>
    private const int MaxBytes = 64 * 1024;

    public static string Folder(string source, string feed) => $"drops/{source}/{feed}/";

    /// <param name="recordId">See <see cref="DropRef.RecordId"/>, here and below.</param>
    public static string KeyOf(string source, string feed, string recordId) => $"{Folder(source, feed)}{recordId}{Suffix}";

    /// <summary>Where the original bytes of a drop lie: equal bytes once, whatever they were called.</summary>
    public static string LandingKey(string source, string feed, string sha256) => $"landing/{source}/{feed}/drop={sha256}";

    /// <returns>The record id, or null for a name that no record has.</returns>
    public static string? IdOf(string fileName)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        return fileName.EndsWith(Suffix, StringComparison.Ordinal) && fileName[..^Suffix.Length] is var id && DropIds.Read(id) is not null ? id : null;
    }

    /// <returns>False when the record is there already: the same delivery was told before.</returns>
    public static Task<bool> WriteAsync(ILake lake, DropRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lake);
        ArgumentNullException.ThrowIfNull(record);
        var (source, feed) = Feed(record.Contract);
        return lake.PutIfAbsentAsync(KeyOf(source, feed, record.Drop.RecordId), LakeJson.ToBytes(record), cancellationToken);
    }

    /// <summary>Record ids of the feed, in ordinal order, without reading them.</summary>
    public static async IAsyncEnumerable<string> ListIdsAsync(ILake lake, string source, string feed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lake);
        var folder = Folder(source, feed);
        await foreach (var key in lake.ListAsync(folder, cancellationToken))
        {
            if (IdOf(key[folder.Length..]) is { } id)
            {
                yield return id;
            }
        }
    }

    /// <summary>The feed's records, by id.</summary>
    public static async IAsyncEnumerable<DropRecord> ListAsync(ILake lake, string source, string feed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var id in ListIdsAsync(lake, source, feed, cancellationToken))
        {
            if (await TryReadAsync(lake, source, feed, id, cancellationToken) is { } record)
            {
                yield return record;
            }
        }
    }

    /// <returns>Null when there is none (any more), or when what is there is no record of this feed under this id.</returns>
    public static async Task<DropRecord?> TryReadAsync(ILake lake, string source, string feed, string recordId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lake);
        var key = KeyOf(source, feed, recordId);
        if (await lake.LengthAsync(key, cancellationToken) is not <= MaxBytes)
        {
            return null;
        }

        try
        {
            return await lake.TryReadAsync<DropRecord>(key, cancellationToken) is { } record && IsOf(record, source, feed, recordId) ? record : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Idempotent: a record that is gone was deleted by another attempt.</summary>
    public static Task DeleteAsync(ILake lake, string source, string feed, string recordId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lake);
        return lake.DeleteAsync(KeyOf(source, feed, recordId), cancellationToken);
    }

    private static bool IsOf(DropRecord record, string source, string feed, string recordId) =>
        record is { Drop: { Id: not null, Name: not null, Object: { Key: not null, Sha256: not null } }, Proof: not null }
        && record.Contract == $"{source}.{feed}"
        && DropIds.Read(recordId) == (record.Drop.Id, record.Drop.Release)
        && record.Drop.Id == DropIds.Of(record.Contract, record.Drop.Name, record.Drop.Object.Sha256, record.Drop.Version)
        && record.Drop.Object.Key == LandingKey(source, feed, record.Drop.Object.Sha256);

    private static (string Source, string Feed) Feed(string contract)
    {
        var dot = contract.IndexOf('.', StringComparison.Ordinal);
        return (contract[..dot], contract[(dot + 1)..]);
    }
}
