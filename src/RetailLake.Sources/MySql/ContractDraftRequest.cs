using RetailLake.Core.Contracts;

namespace RetailLake.Sources.MySql;

/// <param name="Source">The contract's source; null: the database's name.</param>
/// <param name="Feed">The contract's feed; null: the parent table's name.</param>
/// <param name="Zone">IANA zone of the wall clock in DATETIME columns; nothing in the database says it.</param>
public sealed record ContractDraftRequest(
    string Host, int Port, string Database, string User, string Password, IReadOnlyList<string> Tables,
    string? Source = null, string? Feed = null, string Zone = "Asia/Kolkata")
{
    private const int DefaultPort = 3306;

    /// <summary><c>mysql://user:password@host:3306/database</c>; user and password percent-encoded.</summary>
    /// <returns>Null when the URI is not of that form.</returns>
    public static ContractDraftRequest? FromUri(string uri, IReadOnlyList<string> tables)
    {
        if (!Uri.TryCreate(uri, UriKind.Absolute, out var parsed) || parsed.Scheme != "mysql" || parsed.UserInfo.Length == 0)
        {
            return null;
        }

        var database = Uri.UnescapeDataString(parsed.AbsolutePath.TrimStart('/'));
        var parts = parsed.UserInfo.Split(':', 2);
        return !ContractTypes.IsSourceName(database) ? null : new(
            parsed.Host, parsed.Port < 0 ? DefaultPort : parsed.Port, database,
            Uri.UnescapeDataString(parts[0]), parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : "", tables);
    }

    /// <summary>A record would print the password.</summary>
    public override string ToString() => $"mysql://{User}@{Host}:{Port}/{Database} {string.Join(' ', Tables)}";
}

/// <param name="Check">What the checker says of it; a draft has no problems unless the tables themselves are unfit.</param>
public sealed record DraftedContract(string Source, string Feed, string Yaml, LoadedContracts Check);
