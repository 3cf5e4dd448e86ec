using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace RetailLake.Tests.Aws;

/// <summary>One received request, and its AWS Signature Version 4 computed a second time, from the specification, not with the SDK's signer.</summary>
internal sealed record SignedRequest(string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public static async Task<SignedRequest> ReadAsync(HttpListenerRequest request)
    {
        using var body = new MemoryStream();
        await request.InputStream.CopyToAsync(body);
        var headers = request.Headers.AllKeys.ToDictionary(name => name!.ToLowerInvariant(), name => request.Headers[name]!);
        return new(request.HttpMethod, request.Url!.AbsolutePath, request.Url.Query.TrimStart('?'), headers, body.ToArray());
    }

    public string Operation => Headers["x-amz-target"].Split('.')[1];

    /// <returns>Null when the signature is right, else what differs.</returns>
    public string? SignatureProblem(string secret)
    {
        if (!Headers.TryGetValue("authorization", out var authorization) || !authorization.StartsWith("AWS4-HMAC-SHA256 ", StringComparison.Ordinal))
        {
            return "no AWS4-HMAC-SHA256 authorization";
        }

        var parts = authorization["AWS4-HMAC-SHA256 ".Length..].Split(',').Select(part => part.Trim().Split('=', 2)).ToDictionary(part => part[0], part => part[1]);
        var scope = parts["Credential"].Split('/', 2)[1];
        var bodyHash = Hash(Body);
        if (Headers["x-amz-content-sha256"] != bodyHash)
        {
            return "x-amz-content-sha256 is not the body's hash";
        }

        var signed = parts["SignedHeaders"].Split(';');
        if (new[] { "host", "x-amz-date", "x-amz-target" }.Except(signed).FirstOrDefault() is { } missing)
        {
            return $"'{missing}' is not signed";
        }

        var canonicalHeaders = string.Concat(signed.Select(name => $"{name}:{Headers[name].Trim()}\n"));
        var canonical = $"{Method}\n{Path}\n{Query}\n{canonicalHeaders}\n{parts["SignedHeaders"]}\n{bodyHash}";
        var toSign = $"AWS4-HMAC-SHA256\n{Headers["x-amz-date"]}\n{scope}\n{Hash(Encoding.UTF8.GetBytes(canonical))}";
        var key = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes("AWS4" + secret), (key, part) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part)));
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign)));
        return expected == parts["Signature"] ? null : $"signature {parts["Signature"]}, expected {expected}";
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
