using System.Text.Json;
using RetailLake.Core.Errors;
using RetailLake.Core.Runs;

namespace RetailLake.Sources.Ftp;

/// <summary>The secret of a server that drops are pulled from.</summary>
/// <remarks>
/// | FTPS | <c>certificateSha256</c> pins the server's certificate; or <c>ca</c> (PEM) or <c>caFile</c> names its authority; or the system's authorities are asked |
/// | SFTP | <c>hostKeySha256</c> is needed: without it whoever answers would be believed                                                                      |
/// </remarks>
internal sealed record ServerSecret
{
    public string? Username { get; init; }

    public string? Password { get; init; }

    public string? PrivateKey { get; init; }

    public string? PrivateKeyFile { get; init; }

    /// <summary>As <c>ssh-keygen -l</c> prints it, with or without <c>SHA256:</c>.</summary>
    public string? HostKeySha256 { get; init; }

    /// <summary>As <c>openssl x509 -fingerprint -sha256</c> prints it, with or without colons.</summary>
    public string? CertificateSha256 { get; init; }

    public string? Ca { get; init; }

    public string? CaFile { get; init; }

    public string? Host { get; init; }

    public int? Port { get; init; }

    public string Name { get; private init; } = "";

    public static ServerSecret Parse(string name, string json)
    {
        try
        {
            return JsonSerializer.Deserialize<ServerSecret>(json, LakeJson.Options) is { } secret ? secret with { Name = name } : throw new JsonException();
        }
        catch (JsonException)
        {
            // Without the inner exception: it may quote the secret.
            throw Unusable(name, "something that is no JSON object of texts and a 'port'");
        }
    }

    public override string ToString() => Name;

    public SecretMissingException Without(string what) => Unusable(Name, $"no {what}");

    public static SecretMissingException Unusable(string name, string found) => new(
        $"Found {found} in the secret '{name}'.",
        "Nothing was read.",
        "Put {\"username\", \"password\" or \"privateKey\", \"hostKeySha256\" (SFTP) or \"certificateSha256\" or \"ca\" (FTPS)} there, and optionally host and port.");
}
