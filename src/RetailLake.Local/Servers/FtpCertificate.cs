using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RetailLake.Local.Servers;

/// <summary>The server's own, self-signed certificate; made once per state folder.</summary>
internal sealed record FtpCertificate(string CertificateFile, string KeyFile)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(3650);

    public static FtpCertificate Ensure(string folder, TimeProvider time)
    {
        var pair = new FtpCertificate(Path.Combine(folder, "ftp.crt"), Path.Combine(folder, "ftp.key"));
        if (!File.Exists(pair.CertificateFile))
        {
            // The key first: a certificate alone would count as a pair that is there.
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            PrivatePath.WriteLines(pair.KeyFile, key.ExportPkcs8PrivateKeyPem());
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName("localhost");
            var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(names.Build());
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
            using var certificate = request.CreateSelfSigned(time.GetUtcNow() - TimeSpan.FromDays(1), time.GetUtcNow() + Lifetime);
            PrivatePath.WriteLines(pair.CertificateFile, certificate.ExportCertificatePem());
        }
        return pair;
    }

    /// <summary>As <c>openssl x509 -fingerprint -sha256</c> prints it, without colons.</summary>
    public string Fingerprint()
    {
        using var certificate = X509Certificate2.CreateFromPem(File.ReadAllText(CertificateFile));
        return certificate.GetCertHashString(HashAlgorithmName.SHA256);
    }
}
