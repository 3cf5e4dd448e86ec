using System.Security.Cryptography;

namespace RetailLake.Local.Servers;

/// <summary>The server's own key and the one that its client comes with; made once per state folder.</summary>
internal sealed record SftpKeys(string HostKey, string ClientKey)
{
    public string AuthorizedKeys => ClientKey + ".pub";

    public static async Task<SftpKeys> EnsureAsync(Software software, string folder, CancellationToken cancellationToken)
    {
        var keys = new SftpKeys(Path.Combine(folder, "host_ed25519"), Path.Combine(folder, "client_ed25519"));
        foreach (var path in new[] { keys.HostKey, keys.ClientKey })
            if (!File.Exists(path + ".pub"))
                await GenerateAsync(software, path, cancellationToken);
        return keys;
    }

    /// <summary>As <c>ssh-keygen -l</c> prints it.</summary>
    public string HostKeyFingerprint()
    {
        var blob = Convert.FromBase64String(File.ReadAllText(HostKey + ".pub").Split(' ')[1]);
        return "SHA256:" + Convert.ToBase64String(SHA256.HashData(blob)).TrimEnd('=');
    }

    private static async Task GenerateAsync(Software software, string path, CancellationToken cancellationToken)
    {
        // ssh-keygen asks before it overwrites; a half of a pair is worth nothing.
        File.Delete(path);
        var made = await new Command(software.Find("ssh-keygen") ?? Software.System.Require("ssh-keygen"),
            ["-q", "-t", "ed25519", "-N", "", "-C", "lake", "-f", path])
        { Environment = software.Environment() }.RunAsync(cancellationToken);
        if (!made.Succeeded)
            throw new ServerException(
                $"Found ssh-keygen unable to write '{path}': {made.Tail}\nNo server was started. Check the rights of the folder, and start again.");
    }
}
