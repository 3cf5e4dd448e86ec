using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Rows.Rules;

namespace RetailLake.Core.Rows;

/// <summary>
/// Personal values to keyed tokens: HMAC-SHA-256 cut to 128 bits, base64url. Equal persons get equal tokens in all columns and feeds;
/// without the key a token cannot be tried out (all Indian mobile numbers are hashed in minutes).
/// </summary>
public sealed class PersonalTokens
{
    private const int MinimumKeyBytes = 16;

    private readonly byte[] key;

    public PersonalTokens(ReadOnlySpan<byte> key)
    {
        if (key.Length < MinimumKeyBytes)
        {
            throw new ArgumentException($"Found a token key of {key.Length} bytes; at least {MinimumKeyBytes} are expected. Nothing was read. Set the secret 'pii/token-key'.", nameof(key));
        }

        this.key = key.ToArray();
    }

    /// <summary>Writes the token of a clear value.</summary>
    /// <param name="normalise">A contract's <see cref="ContractColumn.Normalise"/>.</param>
    /// <param name="token"><see cref="ColumnType.TokenBytes"/> bytes.</param>
    /// <returns>False when the value says that there is none (a dummy phone number): it counts as NULL.</returns>
    public bool TryToken(ReadOnlySpan<byte> value, string? normalise, Span<byte> token)
    {
        switch (normalise)
        {
            case "phone-in":
                Span<byte> phone = stackalloc byte[IndianPhone.Length];
                if (!IndianPhone.TryNormalise(value, phone))
                {
                    Hash(value, token);
                    return true;
                }

                Hash(phone, token);
                return !IndianPhone.IsDummy(phone);
            case "lower":
                HashLower(value, token);
                return true;
            default:
                Hash(value, token);
                return true;
        }
    }

    private void Hash(ReadOnlySpan<byte> value, Span<byte> token)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, value, hash);
        Base64Url.EncodeToUtf8(hash[..16], token);
    }

    private void HashLower(ReadOnlySpan<byte> value, Span<byte> token)
    {
        var trimmed = value.Trim(" \t\r\n"u8);
        var lower = ArrayPool<byte>.Shared.Rent(Math.Max(1, trimmed.Length));
        if (Ascii.IsValid(trimmed))
        {
            _ = Ascii.ToLower(trimmed, lower, out var length);
            Hash(lower.AsSpan(0, length), token);
        }
        else
        {
            Hash(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(trimmed).ToLowerInvariant()), token);
        }

        ArrayPool<byte>.Shared.Return(lower, clearArray: true);
    }
}
