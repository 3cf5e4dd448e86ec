using System.Security.Cryptography;
using System.Text;

namespace RetailLake.Local.Servers;

/// <summary>The layout of one server's folder, and the two passwords kept in it.</summary>
internal sealed record MariaDbFiles(string Folder)
{
    // sockaddr_un holds 108 bytes.
    private const int LongestSocket = 100;

    public string Data => Path.Combine(Folder, "data");

    public string Temporary => Path.Combine(Folder, "tmp");

    public string Log => Path.Combine(Folder, "mariadb.log");

    public required string AdminPassword { get; init; }

    public required string LakePassword { get; init; }

    public required string Socket { get; init; }

    public static MariaDbFiles Prepare(string folder)
    {
        folder = Path.GetFullPath(folder);
        PrivatePath.CreateFolder(folder);
        var secrets = Path.Combine(folder, "passwords");
        if (!File.Exists(secrets))
            PrivatePath.WriteLines(secrets, NewPassword(), NewPassword());
        var passwords = File.ReadAllLines(secrets);
        var files = new MariaDbFiles(folder) { AdminPassword = passwords[0], LakePassword = passwords[1], Socket = SocketOf(folder) };
        Directory.CreateDirectory(files.Temporary);
        return files;
    }

    private static string NewPassword() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>A deep folder gets its socket under the temporary folder, at a name that the same folder finds again.</summary>
    private static string SocketOf(string folder)
    {
        var near = Path.Combine(folder, "mariadb.sock");
        if (near.Length <= LongestSocket)
            return near;
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))[..16];
        var far = Path.Combine(Path.GetTempPath(), $"lake-{name}");
        PrivatePath.CreateFolder(far);
        return Path.Combine(far, "mariadb.sock");
    }
}
