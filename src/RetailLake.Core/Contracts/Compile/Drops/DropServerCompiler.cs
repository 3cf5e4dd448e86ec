using System.Text.RegularExpressions;
using RetailLake.Core.Contracts.Yaml;

namespace RetailLake.Core.Contracts.Compile.Drops;

/// <summary>Where drops come from: others upload them (<c>s3</c>), or they are pulled from an FTP, FTPS or SFTP server.</summary>
internal static partial class DropServerCompiler
{
    public static SourceServer Compile(YamlMap server, string source, string type, string secret, ProblemList problems)
    {
        var location = server["location"].Text();
        if (type == "s3")
        {
            if (server["location"] is null || location is null || !Bucket().IsMatch(location))
            {
                problems.Add(server["location"] ?? server, $"Found {server["location"]?.Shown ?? "no location"} for a server of type s3, expected s3://<bucket>/drops/{source}/….", "Write where others upload; the stack's own bucket and prefix are used.");
            }

            return new(type, null, null, "", secret);
        }

        var expected = type == "sftp" ? "sftp://host:port/folder" : "ftp://host:port/folder or ftps://host:port/folder";
        if (location is null || !Folder().IsMatch(location) || location.StartsWith("sftp:", StringComparison.Ordinal) != (type == "sftp") || location.Split('/').Contains(".."))
        {
            problems.Add(server["location"] ?? server, $"Found {server["location"]?.Shown ?? "no location"} for a server of type {type}, expected {expected}, without user and password.", "Correct it; user and password stand in the secret.");
            return new(type, null, null, "", secret);
        }

        var uri = new Uri(location);
        return new(type, uri.Host, uri.IsDefaultPort ? null : uri.Port, "", secret) { Location = location };
    }

    [GeneratedRegex(@"^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9._=-]+)*/?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Bucket();

    [GeneratedRegex(@"^(sftp|ftp|ftps)://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/~)?(/[A-Za-z0-9._-]+)*/?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Folder();
}
