namespace RetailLake.Local.Servers;

/// <summary>
/// The account that sshd runs as and a client logs in as.
/// | we are | sshd runs as | because                                                                                   |
/// | a user | that user    | without root sshd serves only the account it runs as, and skips privilege separation        |
/// | root   | nobody       | as root it would want a user 'sshd' and /run/sshd of the system; nobody keeps three of root's |
/// |        |              | capabilities, so that it reads and writes files of root's as a real drop server would        |
/// </summary>
internal static class SftpAccount
{
    private const string Unprivileged = "nobody";
    private const string Capabilities = "+dac_override,+fowner,+chown";

    public static string Name => Environment.IsPrivilegedProcess ? Unprivileged : Environment.UserName;

    public static Command Run(Command sshd)
    {
        if (!Environment.IsPrivilegedProcess)
            return sshd;
        return sshd with
        {
            File = Software.System.Require("setpriv"),
            Arguments =
            [
                $"--reuid={Unprivileged}", $"--regid={Group()}", "--clear-groups",
                $"--inh-caps={Capabilities}", $"--ambient-caps={Capabilities}",
                sshd.File, .. sshd.Arguments,
            ],
        };
    }

    /// <summary>Some servers read only what belongs to the account they run as.</summary>
    public static async Task GiveAsync(string path, CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
            return;
        var given = await new Command(Software.System.Require("chown"), [$"{Unprivileged}:{Group()}", path]).RunAsync(cancellationToken);
        if (!given.Succeeded)
            throw new ServerException($"Found no way to give '{path}' to '{Unprivileged}': {given.Tail}\nNo server was started. Choose a folder on a file system with owners.");
    }

    // Its primary group is 'nogroup' in Debian and 'nobody' elsewhere; the number stands in the account's own line.
    private static string Group() =>
        File.ReadLines("/etc/passwd").Select(line => line.Split(':')).First(fields => fields[0] == Unprivileged)[3];
}
