using System.Globalization;

namespace RetailLake.Local.Servers;

internal static class SshdSettings
{
    public static IEnumerable<string> Lines(Software software, SftpKeys keys, string folder, int port)
    {
        yield return "ListenAddress 127.0.0.1";
        yield return $"Port {port.ToString(CultureInfo.InvariantCulture)}";
        yield return $"HostKey {Quoted(keys.HostKey)}";
        yield return $"AuthorizedKeysFile {Quoted(Literal(keys.AuthorizedKeys))}";
        yield return "PidFile none";
        yield return "UsePAM no";
        // Its checks ask for an owner and a home that a private server has not.
        yield return "StrictModes no";
        yield return "AuthenticationMethods publickey";
        yield return "AllowTcpForwarding no";
        yield return "X11Forwarding no";
        yield return "PermitTTY no";
        yield return "PrintMotd no";
        yield return "PrintLastLog no";
        yield return "UseDNS no";
        yield return "MaxStartups 100:30:200";
        yield return "LogLevel VERBOSE";
        yield return "Subsystem sftp internal-sftp";
        yield return $"ForceCommand internal-sftp -d {Bare(Path.GetFullPath(folder))}";
        foreach (var line in Parts(software))
            yield return line;
    }

    /// <summary>From OpenSSH 9.8 on sshd starts programs of its own, at paths fixed when it was built.</summary>
    private static IEnumerable<string> Parts(Software software)
    {
        if (software.IsSystem)
            yield break;
        foreach (var (setting, program) in new[] { ("SshdSessionPath", "sshd-session"), ("SshdAuthPath", "sshd-auth") })
        {
            var path = Path.Combine(software.Root, "usr", "lib", "openssh", program);
            if (File.Exists(path))
                yield return $"{setting} {Quoted(path)}";
        }
    }

    // Both settings expand %h, %u and the like.
    private static string Literal(string path) => path.Replace("%", "%%", StringComparison.Ordinal);

    // internal-sftp cuts its arguments at blanks and knows no quotes; with a wrong folder it would serve the root of the disk.
    private static string Bare(string path) => path.Any(char.IsWhiteSpace)
        ? throw new ServerException($"Found a blank in the folder '{path}'; sshd cannot be told such a start folder. Nothing was started. Choose a folder without blanks.")
        : Literal(path);

    private static string Quoted(string path) => $"\"{path}\"";
}
