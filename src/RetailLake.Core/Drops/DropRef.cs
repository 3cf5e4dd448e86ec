using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using RetailLake.Core.Lake;

namespace RetailLake.Core.Drops;

/// <summary>One landed drop as plans and manifests list it.</summary>
/// <param name="Id">SHA-256 (hex) over contract, name, content and version: equal for every notification of the same delivery.</param>
/// <param name="Name">The sender's name, as data; it is part of no key, path or statement.</param>
/// <param name="Object">The original bytes in landing.</param>
/// <param name="Version">Higher wins among versions of the same rows; equal ones are decided by <see cref="Number"/>.</param>
/// <param name="Modified">The file's time at the sender, UTC.</param>
public sealed record DropRef(string Id, string Name, LakeObject Object, long Version, DateTimeOffset Modified)
{
    /// <summary>Warehouse columns of every table that is filled from drops, behind the contract's columns and in this order in Parquet.</summary>
    public const string FileColumn = "_file";
    public const string DropColumn = "_drop";
    public const string VersionColumn = "_version";

    /// <summary>Of streams, behind those: what the row does (see <see cref="Rows.Drops.RowChange"/>; in curated files only), and when its event happened, UTC.</summary>
    public const string ChangeColumn = "_change";
    public const string EventColumn = "_event_at";

    /// <summary>Rows of the parent table that the sender's control file states; null when it states none.</summary>
    public long? DeclaredRows { get; init; }

    /// <summary>0 as delivered; otherwise how often it was released from quarantine, to be loaded again under today's contract.</summary>
    public int Release { get; init; }

    /// <summary>Segments of streams: records below this offset were taken from another segment, and the reader leaves them out. Null: all are wanted.</summary>
    public long? FirstOffset { get; init; }

    /// <summary>Names this delivery's, or this release's, record; the ledger tells of each once.</summary>
    [JsonIgnore]
    public string RecordId => DropIds.OfRelease(Id, Release);

    /// <summary>Stands for the content: rows of equal bytes have equal numbers, whoever sent them.</summary>
    public long Number => NumberOf(Object.Sha256);

    /// <summary>Stands for the name: versions of one file have equal numbers.</summary>
    public long FileNumber => NumberOf(Name);

    /// <summary>63 bits of SHA-256; ten million drops collide with a probability of 5 in a million.</summary>
    public static long NumberOf(string text) =>
        BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text))) & long.MaxValue;
}
