using System.Text.RegularExpressions;
using RetailLake.Core.Contracts.Compile.Drops;
using RetailLake.Core.Contracts.Compile.Streams;
using RetailLake.Core.Contracts.Yaml;

namespace RetailLake.Core.Contracts.Compile;

internal static partial class ServerCompiler
{
    public static SourceServer? Compile(YamlMap root, string source, ProblemList problems)
    {
        var servers = root.Maps("servers").ToList();
        if (servers.Count != 1)
        {
            problems.Add(root["servers"] ?? root, $"Found {servers.Count} servers, expected the one that the feed is read from.", "Keep one under 'servers'; the secret of each environment may name another host and port.");
            return null;
        }

        var server = servers[0];
        if (server["type"].Text() is { } type && type is not ("mysql" or "s3" or "sftp" or "custom" or StreamCompiler.ServerType))
        {
            problems.Add(server["type"]!, $"Found a server of type {server["type"]!.Shown}, expected mysql, kafka, or for files s3, sftp, custom (FTP and FTPS).", "Correct the type, or wait for its reader.");
            return null;
        }

        var secret = Secret(server, source, problems);
        if (server["type"].Text() == StreamCompiler.ServerType)
        {
            return StreamCompiler.Server(server, secret, problems);
        }

        if (server["type"].Text() is { } kind and not "mysql")
        {
            return DropServerCompiler.Compile(server, source, kind, secret, problems);
        }

        Check(server, "host", Host(), "a host name or address", problems);
        Check(server, "database", Database(), Names.SourceWords, problems);
        if (server["port"].Integer() is { } port && port is < 1 or > 65_535)
        {
            problems.Add(server["port"]!, $"Found port {port}, expected 1 to 65535.", "Correct it; MySQL's is 3306.");
        }

        return new("mysql", server["host"].Text(), (int?)server["port"].Integer(), server["database"].Text() ?? "", secret);
    }

    private static string Secret(YamlMap server, string source, ProblemList problems)
    {
        var secret = server.Own("secret").Text() ?? $"sources/{source}";
        if (!SecretName().IsMatch(secret))
        {
            problems.Add(server.Own("secret")!, $"Found {server.Own("secret")!.Shown} for 'retaillake.secret', expected a name like sources/{source}.", "Correct it; the password itself never stands in a contract.");
        }

        return secret;
    }

    private static void Check(YamlMap server, string key, Regex pattern, string expected, ProblemList problems)
    {
        if (server[key].Text() is { } text && !pattern.IsMatch(text))
        {
            problems.Add(server[key]!, $"Found {server[key]!.Shown} for '{key}', expected {expected}.", "Correct it.");
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9:][A-Za-z0-9.:-]{0,252}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Host();

    [GeneratedRegex(@"^[A-Za-z0-9_$]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Database();

    [GeneratedRegex(@"^[a-z0-9][a-z0-9_-]{0,62}(/[a-z0-9][a-z0-9_-]{0,62}){0,3}\z", RegexOptions.CultureInvariant)]
    private static partial Regex SecretName();
}
