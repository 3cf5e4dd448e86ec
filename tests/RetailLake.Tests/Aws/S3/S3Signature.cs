using System.Security.Cryptography;
using System.Text;

namespace RetailLake.Tests.Aws.S3;

/// <summary>AWS Signature Version 4 as S3 takes it, computed from the specification: the path once escaped, the body hashed whole, in signed chunks, or not at all.</summary>
internal sealed class S3Signature
{
    public const string SignedChunks = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";
    public const string Unsigned = "UNSIGNED-PAYLOAD";

    private static readonly string Nothing = Hash([]);

    private readonly byte[] key;
    private readonly string date;
    private readonly string scope;
    private string previous;

    private S3Signature(byte[] key, string date, string scope, string seed) => (this.key, this.date, this.scope, previous) = (key, date, scope, seed);

    /// <returns>Who goes on to check the chunks of the body, or what is wrong.</returns>
    public static (S3Signature? Chunks, string? Problem) Check(S3Request request, string secret)
    {
        if (request.Header("authorization") is not { } authorization || !authorization.StartsWith("AWS4-HMAC-SHA256 ", StringComparison.Ordinal))
        {
            return (null, "no AWS4-HMAC-SHA256 authorization");
        }

        var parts = authorization["AWS4-HMAC-SHA256 ".Length..].Split(',').Select(part => part.Trim().Split('=', 2)).ToDictionary(part => part[0], part => part[1]);
        var signed = parts["SignedHeaders"].Split(';');
        if (request.Headers.Keys.Where(name => name.StartsWith("x-amz-", StringComparison.Ordinal)).Append("host").Except(signed).FirstOrDefault() is { } unsigned)
        {
            return (null, $"'{unsigned}' is not signed");
        }

        var payload = request.Headers["x-amz-content-sha256"];
        if (payload.Length == 64 && payload != Hash(request.Body))
        {
            return (null, "x-amz-content-sha256 is not the body's hash");
        }

        var query = string.Join('&', request.RawQuery.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Contains('=', StringComparison.Ordinal) ? pair : pair + "=").Order(StringComparer.Ordinal));
        var headers = string.Concat(signed.Select(name => $"{name}:{request.Headers[name].Trim()}\n"));
        var scope = parts["Credential"].Split('/', 2)[1];
        var (date, canonical) = (request.Headers["x-amz-date"], $"{request.Method}\n{request.RawPath}\n{query}\n{headers}\n{parts["SignedHeaders"]}\n{payload}");
        var key = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes("AWS4" + secret), (key, part) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part)));
        var signature = new S3Signature(key, date, scope, parts["Signature"]);
        var expected = signature.Sign($"AWS4-HMAC-SHA256\n{date}\n{scope}\n{Hash(Encoding.UTF8.GetBytes(canonical))}");
        return expected == parts["Signature"] ? (signature, null) : (null, $"signature {parts["Signature"]}, expected {expected}");
    }

    public bool IsNextChunk(ReadOnlySpan<byte> data, string signature) =>
        IsNext(signature, $"AWS4-HMAC-SHA256-PAYLOAD\n{date}\n{scope}\n{previous}\n{Nothing}\n{Hash(data)}");

    public bool IsTrailer(string trailers, string signature) =>
        IsNext(signature, $"AWS4-HMAC-SHA256-TRAILER\n{date}\n{scope}\n{previous}\n{Hash(Encoding.UTF8.GetBytes(trailers))}");

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private bool IsNext(string signature, string toSign)
    {
        previous = Sign(toSign);
        return previous == signature;
    }

    private string Sign(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
}
