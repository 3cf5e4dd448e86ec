using System.Net;
using System.Text.Json;
using MySqlConnector;
using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;

namespace RetailLake.Sources.MySql;

/// <summary>Where and as whom: the contract's server with its secret laid over it. RDS's own secret form is understood.</summary>
internal sealed class MySqlLogin
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly MySqlConnectionStringBuilder settings;

    private MySqlLogin(MySqlConnectionStringBuilder settings) => this.settings = settings;

    public string ConnectionString => settings.ConnectionString;

    public string Database => settings.Database;

    /// <summary>For texts; holds neither user nor password.</summary>
    public string Place => $"{settings.Server}:{settings.Port}/{settings.Database}";

    public static MySqlLogin Of(SourceServer server, string secretJson)
    {
        var secret = Parse(server.Secret, secretJson);
        var host = secret.GetValueOrDefault("host") ?? server.Host ?? throw new ContractInvalidException(
            $"Found no host for the server of the secret '{server.Secret}', neither in the contract nor in the secret.",
            "Nothing was read.",
            "Add 'host' to the contract's server or to the secret.");
        var port = secret.TryGetValue("port", out var text)
            ? uint.TryParse(text, out var number) ? number : throw Unusable(server.Secret, "a 'port' that is no number")
            : (uint)(server.Port ?? 3306);
        var ssl = secret.TryGetValue("sslmode", out var mode)
            ? Enum.TryParse<MySqlSslMode>(mode, ignoreCase: true, out var stated) ? stated : throw Unusable(server.Secret, "an 'sslMode' other than None, Preferred, Required, VerifyCA or VerifyFull")
            : IsLoopback(host) ? MySqlSslMode.Preferred : MySqlSslMode.VerifyFull;
        return new(new MySqlConnectionStringBuilder
        {
            Server = host,
            Port = port,
            Database = secret.GetValueOrDefault("database") ?? secret.GetValueOrDefault("dbname") ?? server.Database,
            UserID = secret.GetValueOrDefault("username") ?? throw Unusable(server.Secret, "no 'username'"),
            Password = secret.GetValueOrDefault("password") ?? throw Unusable(server.Secret, "no 'password'"),
            SslMode = ssl,
            SslCa = secret.GetValueOrDefault("cafile") ?? "",
            ApplicationName = "retaillake",
            Pooling = false,
            UseCompression = false,
            ConnectionTimeout = 15,
            // Statements may rightly take long; a dead peer is found by keepalive, not by a limit on the work.
            DefaultCommandTimeout = 0,
            Keepalive = 20,
            AllowUserVariables = false,
            CharacterSet = "utf8mb4",
        });
    }

    public override string ToString() => Place;

    private static Dictionary<string, string> Parse(string name, string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Lenient);
            return document.RootElement.EnumerateObject()
                .Where(property => property.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
                .ToDictionary(property => property.Name.ToLowerInvariant(), property => property.Value.ToString(), StringComparer.Ordinal);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            // Without the cause: the parser's text quotes what it read.
            throw Unusable(name, "something that is no JSON object");
        }
    }

    private static SecretMissingException Unusable(string secret, string what) => new(
        $"Found {what} in the secret '{secret}'; expected {{\"username\", \"password\"}} and optionally host, port, database, sslMode, caFile.",
        "Nothing was read.",
        "Correct the secret.");

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
