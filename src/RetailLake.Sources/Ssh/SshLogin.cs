using System.Text;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace RetailLake.Sources.Ssh;

/// <summary>A login to an SSH server whose host key is known beforehand: without it whoever answers would get the data, or give it.</summary>
internal sealed record SshLogin(string Host, int Port, string User, string HostKeySha256)
{
    public const string FingerprintPrefix = "SHA256:";
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    public string? PrivateKeyFile { get; init; }

    public string? PrivateKey { get; init; }

    public string? Password { get; init; }

    public string KnownHostKey => FingerprintPrefix + Plain(HostKeySha256);

    /// <param name="strange">Called with the fingerprint of a key that is not the known one; the connection then fails.</param>
    /// <returns>Null when there is neither a key that can be read nor a password.</returns>
    public SftpClient? Client(Encoding names, Action<string> strange)
    {
        if (Method() is not { } method)
        {
            return null;
        }

        var client = new SftpClient(new ConnectionInfo(Host, Port, User, method) { Timeout = Timeout, Encoding = names }) { OperationTimeout = Timeout };
        client.HostKeyReceived += (_, key) =>
        {
            key.CanTrust = Plain(key.FingerPrintSHA256) == Plain(HostKeySha256);
            if (!key.CanTrust)
            {
                strange(FingerprintPrefix + Plain(key.FingerPrintSHA256));
            }
        };
        return client;
    }

    private AuthenticationMethod? Method()
    {
        try
        {
            return this switch
            {
                { PrivateKeyFile: { Length: > 0 } path } => new PrivateKeyAuthenticationMethod(User, new PrivateKeyFile(path)),
                { PrivateKey: { Length: > 0 } text } => new PrivateKeyAuthenticationMethod(User, new PrivateKeyFile(new MemoryStream(Encoding.UTF8.GetBytes(text)))),
                { Password: { Length: > 0 } password } => new PasswordAuthenticationMethod(User, password),
                _ => null,
            };
        }
        catch (Exception exception) when (exception is SshException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Plain(string fingerprint) =>
        (fingerprint.StartsWith(FingerprintPrefix, StringComparison.OrdinalIgnoreCase) ? fingerprint[FingerprintPrefix.Length..] : fingerprint).TrimEnd('=');
}
