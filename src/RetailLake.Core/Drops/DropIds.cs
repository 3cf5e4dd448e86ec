using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RetailLake.Core.Drops;

public static class DropIds
{
    public const int Length = 64;

    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");

    /// <returns>Lower-case hex of SHA-256; the parts carry their lengths, so that no two lists of parts read alike.</returns>
    public static string Of(string contractId, string name, string sha256, long version)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in (ReadOnlySpan<string>)[contractId, name, sha256, version.ToString(CultureInfo.InvariantCulture)])
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            hash.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{bytes.Length}:")));
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>What a drop's record is called, and what plans and ledger tell apart: the id of a delivery, and behind a dot which release of it from quarantine.</summary>
    public static string OfRelease(string id, int release) => release == 0 ? id : string.Create(CultureInfo.InvariantCulture, $"{id}.{release}");

    /// <returns>The drop id and its release, 0 as delivered; null for a text that no record is called.</returns>
    public static (string Id, int Release)? Read(string recordId)
    {
        ArgumentNullException.ThrowIfNull(recordId);
        if (IsId(recordId))
        {
            return (recordId, 0);
        }

        // One way to write a number, so that a record has one name.
        return recordId.Length is > Length + 1 and <= Length + 10 && IsId(recordId.AsSpan(0, Length)) && recordId[Length] == '.' && recordId[Length + 1] != '0'
            && int.TryParse(recordId.AsSpan(Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var release)
            ? (recordId[..Length], release)
            : null;
    }

    public static bool IsId(ReadOnlySpan<char> text) => text.Length == Length && !text.ContainsAnyExcept(Hex);
}
