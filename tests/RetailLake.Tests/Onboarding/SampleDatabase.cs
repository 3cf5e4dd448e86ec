using MySqlConnector;

namespace RetailLake.Tests.Onboarding;

/// <summary>A database of the shared samples, loaded under another name: its scripts name their own.</summary>
internal static class SampleDatabase
{
    public static void SkipUnlessThere(string folder) => Assert.SkipUnless(Directory.Exists(Folder(folder)), $"Found no '{Folder(folder)}'; the sample databases are not part of the repository.");

    public static async Task LoadAsync(MySqlConnection connection, string folder, IReadOnlyList<string> scripts, string itsName, string name)
    {
        foreach (var script in scripts)
        {
            var sql = await File.ReadAllTextAsync(Path.Combine(Folder(folder), script));
            await new MySqlCommand(Renamed(sql, itsName, name), connection) { CommandTimeout = 120 }.ExecuteNonQueryAsync();
        }
    }

    /// <summary>Users of the sample would outlive the test on a server that all share.</summary>
    private static string Renamed(string sql, string itsName, string name) => string.Join('\n', sql
        .Replace($"`{itsName}`", $"`{name}`", StringComparison.Ordinal).Replace($"USE {itsName};", $"USE {name};", StringComparison.Ordinal)
        .Split('\n').Where(line => !line.StartsWith("CREATE USER", StringComparison.Ordinal) && !line.StartsWith("GRANT", StringComparison.Ordinal)
            && !line.StartsWith("DROP SCHEMA", StringComparison.Ordinal) && !line.StartsWith("CREATE SCHEMA", StringComparison.Ordinal) && !line.StartsWith("CREATE DATABASE", StringComparison.Ordinal)));

    private static string Folder(string folder) => Path.Combine(Repository.Shared, "data", folder);
}
