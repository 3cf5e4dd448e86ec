using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RetailLake.Core.Errors;

namespace RetailLake.Sources.Ftp;

/// <summary>Whom we believe to be the server: a pinned certificate, an authority of the secret's, or the system's authorities; the same on every connection.</summary>
internal sealed class FtpTrust : IDisposable
{
    private readonly ServerLogin login;
    private readonly string? pinned;
    private readonly X509Certificate2Collection authorities = [];
    private readonly SslClientAuthenticationOptions options;
    private string? refused;

    public FtpTrust(ServerLogin login)
    {
        this.login = login;
        pinned = login.Secret.CertificateSha256?.Replace(":", "", StringComparison.Ordinal).Replace("sha256", "", StringComparison.OrdinalIgnoreCase).Trim('=', ' ').ToUpperInvariant();
        ReadAuthorities();

        // One target name for control and data: it is what the session is found again by, and many servers take only a resumed session for data.
        options = new() { TargetHost = login.Host, RemoteCertificateValidationCallback = (_, certificate, _, errors) => IsTrusted(certificate, errors) };
    }

    /// <exception cref="SourceAccessException">Another certificate than expected, or no TLS that both sides accept.</exception>
    public async Task<SslStream> SecureAsync(Stream plain, TimeSpan limit, CancellationToken cancellationToken)
    {
        var secure = new SslStream(plain, leaveInnerStreamOpen: false);
        try
        {
            await FtpTimer.RunAsync(token => new ValueTask(secure.AuthenticateAsClientAsync(options, token)), limit, login.Place, cancellationToken);
            return secure;
        }
        catch (SourceUnavailableException exception) when (exception.InnerException is AuthenticationException)
        {
            await secure.DisposeAsync();
            throw FtpErrors.Untrusted(login.Place, refused ?? "no TLS that both sides accept", pinned is not null ? $"the certificate with SHA-256 {pinned}" : $"a certificate of '{login.Host}' from {(authorities.Count > 0 ? "the secret's" : "a known")} authority", exception);
        }
        catch
        {
            await secure.DisposeAsync();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var authority in authorities)
        {
            authority.Dispose();
        }
    }

    private void ReadAuthorities()
    {
        try
        {
            if (login.Secret.Ca is { Length: > 0 } pem)
            {
                authorities.ImportFromPem(pem);
            }

            if (login.Secret.CaFile is { Length: > 0 } file)
            {
                authorities.ImportFromPemFile(file);
            }
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw ServerSecret.Unusable(login.Secret.Name, "a 'ca' or 'caFile' that is no certificate in PEM form");
        }
    }

    private bool IsTrusted(X509Certificate? certificate, SslPolicyErrors errors)
    {
        if (certificate is null)
        {
            refused = "no certificate";
            return false;
        }

        var print = certificate.GetCertHashString(HashAlgorithmName.SHA256);
        var trusted = pinned is not null ? print == pinned : authorities.Count > 0 ? IsOfOurAuthorities(certificate, errors) : errors == SslPolicyErrors.None;
        refused = trusted ? null : $"the certificate with SHA-256 {print} ({errors})";
        return trusted;
    }

    private bool IsOfOurAuthorities(X509Certificate certificate, SslPolicyErrors errors)
    {
        using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck } };
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        using var copy = new X509Certificate2(certificate);
        return (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) == SslPolicyErrors.None && chain.Build(copy);
    }
}
