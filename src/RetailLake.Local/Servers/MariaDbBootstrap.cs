namespace RetailLake.Local.Servers;

/// <summary>Makes a data folder: the system tables and two users. mariadb-install-db does the same through 500 lines of shell.</summary>
internal static class MariaDbBootstrap
{
    public static async Task RunAsync(MariaDbSoftware software, MariaDbFiles files, CancellationToken cancellationToken)
    {
        var partial = files.Data + ".partial";
        if (Directory.Exists(partial))
            Directory.Delete(partial, recursive: true);
        Directory.CreateDirectory(partial);
        var made = await software.Bootstrap(files, partial, Sql(software, files)).RunAsync(cancellationToken);
        // --bootstrap ends with 0 after some errors; they are told only in the text.
        if (!made.Succeeded || made.Error.Contains("ERROR", StringComparison.Ordinal))
            throw new ServerException(
                $"Found MariaDB unable to make its system tables in '{partial}': {made.Tail}\nNo server was started. Check the disk and the rights of '{files.Folder}', and start again.");
        Directory.Move(partial, files.Data);
    }

    // The bootstrap reader takes one statement per line of ours; two on a line are a syntax error.
    private static string Sql(MariaDbSoftware software, MariaDbFiles files) => string.Join('\n',
        "CREATE DATABASE IF NOT EXISTS mysql;",
        "USE mysql;",
        "SET @skip_auth_anonymous=1;",
        File.ReadAllText(software.Script("system_tables")),
        File.ReadAllText(software.Script("performance_tables")),
        File.ReadAllText(software.Script("system_tables_data")),
        // The scripts also make a root without a password for every loopback name: over TCP none may remain.
        "DELETE FROM mysql.global_priv WHERE User = 'root' AND Host <> 'localhost';",
        "FLUSH PRIVILEGES;",
        $"ALTER USER root@localhost IDENTIFIED BY '{files.AdminPassword}';",
        $"CREATE USER lake@'127.0.0.1' IDENTIFIED BY '{files.LakePassword}';",
        "GRANT SELECT, PROCESS ON *.* TO lake@'127.0.0.1';",
        "");
}
