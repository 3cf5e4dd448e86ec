using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RetailLake.Core.Errors;
using RetailLake.Core.Runs;

namespace RetailLake.Core.Contracts;

/// <summary>All contracts of a build in one JSON file with its own SHA-256, so that no YAML is read at cold start and no half file is believed.</summary>
public sealed record ContractBundle(IReadOnlyList<Contract> Contracts, string Sha256)
{
    public const string FileName = "contracts.bundle.json";

    private const int Format = 1;

    /// <summary>The same contracts give the same bytes.</summary>
    public static byte[] Write(IEnumerable<Contract> contracts)
    {
        ArgumentNullException.ThrowIfNull(contracts);
        var body = LakeJson.ToBytes(contracts.OrderBy(contract => contract.Id, StringComparer.Ordinal).ToList());
        return [.. Encoding.UTF8.GetBytes($"{{\"format\":{Format},\"sha256\":\"{Hash(body)}\",\"contracts\":"), .. body, (byte)'}'];
    }

    /// <exception cref="ContractInvalidException">It is no bundle, or not the one that was written.</exception>
    public static ContractBundle Read(ReadOnlyMemory<byte> json, string where)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            var sha256 = root.GetProperty("sha256").GetString();
            var body = Encoding.UTF8.GetBytes(root.GetProperty("contracts").GetRawText());
            if (root.GetProperty("format").GetInt32() != Format || sha256 is null || Hash(body) != sha256)
            {
                throw Damaged(where, $"format {Format} and contracts whose SHA-256 is the stated one", null);
            }

            return new(LakeJson.FromBytes<List<Contract>>(body), sha256);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw Damaged(where, $"the JSON that the build writes ({exception.Message})", exception);
        }
    }

    private static ContractInvalidException Damaged(string where, string expected, Exception? inner) => new(
        $"Found a damaged contract bundle '{where}', expected {expected}.", "Nothing was read or loaded.", "Build and deploy again.", inner);

    private static string Hash(byte[] body) => Convert.ToHexStringLower(SHA256.HashData(body));
}
