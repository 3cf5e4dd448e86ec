using System.Security.Cryptography;
using RetailLake.Core.Errors;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;

namespace RetailLake.Core.Warehouse;

/// <summary>The last look before the load: every audited object is there and is what its manifest says, byte for byte.</summary>
public static class CuratedObjects
{
    public static async Task VerifyAsync(ILake lake, AuditReport audit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lake);
        ArgumentNullException.ThrowIfNull(audit);
        foreach (var file in audit.Tables.SelectMany(table => table.Files.Concat(table.KeyFiles)).Select(file => file.Object).Concat(audit.Drops is { } drops ? [drops.Object] : []))
        {
            await using var stream = await lake.OpenReadAsync(file.Key, cancellationToken) ?? throw Damaged(file, "no such object");
            var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
            if (sha256 != file.Sha256)
            {
                throw Damaged(file, $"SHA-256 {sha256[..12]}…");
            }
        }
    }

    private static ObjectDamagedException Damaged(LakeObject expected, string found) => new(
        $"Found {found} at '{expected.Key}'; its manifest says {expected.Bytes} bytes, SHA-256 {expected.Sha256[..12]}….",
        "Nothing was loaded.",
        "Start the work again with 'lake rerun'; landing still holds the original rows.");
}
