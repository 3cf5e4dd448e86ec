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

    public static bool IsId(ReadOnlySpan<char> text) => text.Length == Length && !text.ContainsAnyExcept(Hex);
}
