using System.Text.Json;
using RetailLake.Core.Contracts;
using RetailLake.Core.Secrets;
using RetailLake.Local.Servers;

namespace RetailLake.Tests.Ftp;

/// <summary>Contracts of pulled feeds, and the secrets of their servers.</summary>
internal static class PullFeeds
{
    public const string Secret = "sources/poslog";

    public static Contract Of(string location, DropProof? proof = null, string? names = null, VersionOrigin version = VersionOrigin.Modified, string feed = "transaction") => new()
    {
        Id = $"poslog.{feed}", Source = "poslog", Feed = feed, Version = "1.0.0", Sha256 = new('0', 64), Tables = [],
        Server = new(location.StartsWith("sftp", StringComparison.Ordinal) ? "sftp" : "custom", null, null, "", Secret) { Location = location },
        Extract = new() { Mode = ExtractMode.Window },
        Drop = new() { Format = DropFormat.Delimited, Proof = proof ?? new(ProofKind.Stable), NamePattern = names, Version = version },
    };

    public static ISecretStore Secrets(object secret) => new OneSecret(secret);

    public static object SecretOf(FtpServer server, string? password = null, string? certificate = null) => new
    {
        username = server.UserName, password = password ?? server.Password, certificateSha256 = certificate ?? server.CertificateSha256,
    };

    public static object SecretOf(SftpServer server, int? port = null, string? hostKey = null) => new
    {
        username = server.UserName, privateKeyFile = server.ClientKeyPath, hostKeySha256 = hostKey ?? server.HostKeyFingerprint, port,
    };

    private sealed class OneSecret(object secret) : ISecretStore
    {
        public Task<string> GetAsync(string name, CancellationToken cancellationToken) => Task.FromResult(JsonSerializer.Serialize(secret, JsonSerializerOptions.Web));
    }
}
