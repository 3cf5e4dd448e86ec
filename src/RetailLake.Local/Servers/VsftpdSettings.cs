using System.Globalization;

namespace RetailLake.Local.Servers;

/// <summary>
/// vsftpd as whoever starts it, without root: it then logs in nobody but the anonymous user, who here needs the one password of a list.
/// </summary>
internal static class VsftpdSettings
{
    public static IEnumerable<string> Lines(FtpOptions options, string account, int port, (int First, int Last) dataPorts, FtpCertificate? certificate, string passwords)
    {
        yield return "listen=YES";
        yield return "background=NO";
        yield return "listen_address=127.0.0.1";
        yield return $"listen_port={Text(port)}";
        yield return "run_as_launching_user=YES";
        yield return $"ftp_username={account}";
        yield return $"nopriv_user={account}";
        yield return "local_enable=NO";
        yield return "anonymous_enable=YES";
        yield return "secure_email_list_enable=YES";
        yield return $"email_password_file={passwords}";
        yield return "anon_world_readable_only=NO";
        yield return $"anon_root={Path.GetFullPath(options.Folder)}";
        yield return "write_enable=NO";
        yield return $"pasv_min_port={Text(dataPorts.First)}";
        yield return $"pasv_max_port={Text(dataPorts.Last)}";
        yield return "use_localtime=NO";
        yield return "seccomp_sandbox=NO";
        yield return $"secure_chroot_dir={options.StateDir}";
        yield return "xferlog_enable=YES";
        yield return "log_ftp_protocol=YES";
        yield return $"vsftpd_log_file={Path.Combine(options.StateDir, "ftp.log")}";
        foreach (var line in certificate is null ? [] : Tls(certificate))
            yield return line;
    }

    private static IEnumerable<string> Tls(FtpCertificate certificate) =>
    [
        "ssl_enable=YES", "allow_anon_ssl=YES", "force_anon_logins_ssl=YES", "force_anon_data_ssl=YES", "require_ssl_reuse=YES", "ssl_ciphers=HIGH",
        $"rsa_cert_file={certificate.CertificateFile}", $"rsa_private_key_file={certificate.KeyFile}",
    ];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
