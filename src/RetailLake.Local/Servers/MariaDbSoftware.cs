using System.Globalization;

namespace RetailLake.Local.Servers;

/// <summary>The program with the arguments that point it at its own tree and at no configuration of the system.</summary>
internal sealed record MariaDbSoftware(Software Software)
{
    private static readonly string[] Packages = ["mariadb-server-core"];
    private static readonly string[] Names = ["mysql", "mariadb"];

    private string Base => Path.Combine(Software.Root, "usr");

    private string Share => Names.Select(name => Path.Combine(Base, "share", name)).First(Directory.Exists);

    public static async Task<MariaDbSoftware> EnsureAsync(string toolsFolder, CancellationToken cancellationToken) =>
        new(await new DebianPackages(toolsFolder).EnsureAsync("mariadb", "mariadbd", Packages, cancellationToken));

    /// <summary>One of the SQL scripts that make the system tables; they were renamed in MariaDB 11.</summary>
    public string Script(string name) =>
        Names.Select(prefix => Path.Combine(Share, $"{prefix}_{name}.sql")).First(File.Exists);

    public Command Bootstrap(MariaDbFiles files, string dataFolder, string sql) => new(Software.Require("mariadbd"),
        [.. Common(files, dataFolder), "--bootstrap", "--innodb-log-file-size=16M"])
    {
        Environment = Software.Environment(),
        Input = sql,
    };

    public Command Serve(MariaDbFiles files, MariaDbOptions options, int port) => new(Software.Require("mariadbd"),
    [
        .. Common(files, files.Data),
        "--bind-address=127.0.0.1",
        $"--port={port.ToString(CultureInfo.InvariantCulture)}",
        $"--socket={files.Socket}",
        $"--pid-file={Path.Combine(files.Folder, "mariadb.pid")}",
        "--skip-name-resolve",
        "--skip-log-bin",
        "--local-infile=1",
        "--max-allowed-packet=64M",
        "--max-connections=200",
        $"--innodb-buffer-pool-size={options.InnodbBufferPoolMb.ToString(CultureInfo.InvariantCulture)}M",
        "--innodb-log-file-size=256M",
        "--innodb-flush-log-at-trx-commit=2",
        $"--sql-mode={options.SqlMode}",
        $"--default-time-zone={options.TimeZone}",
        .. options.MoreArguments,
    ])
    {
        Environment = Software.Environment(),
    };

    private IEnumerable<string> Common(MariaDbFiles files, string dataFolder)
    {
        yield return "--no-defaults";
        yield return $"--basedir={Base}";
        yield return $"--lc-messages-dir={Share}";
        yield return $"--datadir={dataFolder}";
        yield return $"--tmpdir={files.Temporary}";
        yield return "--character-set-server=utf8mb4";
        yield return "--collation-server=utf8mb4_unicode_ci";
        // mariadbd refuses to run as root unless told so.
        if (Environment.IsPrivilegedProcess)
            yield return "--user=root";
    }
}
