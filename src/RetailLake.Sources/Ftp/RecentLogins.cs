using System.Collections.Concurrent;

namespace RetailLake.Sources.Ftp;

/// <summary>
/// How the last logins of this process went. Some servers refuse one connection too many as they refuse a wrong password; soon after the same login was taken, the first is
/// likelier. Not for long: a password that was changed must not be tried until its account is locked.
/// </summary>
internal sealed class RecentLogins(TimeProvider time)
{
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<ServerLogin, (DateTimeOffset Taken, bool IsRefused)> logins = new();

    public void Taken(ServerLogin login) => logins[KeyOf(login)] = (time.GetUtcNow(), false);

    public void Refused(ServerLogin login) => logins.AddOrUpdate(KeyOf(login), _ => (DateTimeOffset.MinValue, true), (_, last) => (last.Taken, true));

    /// <summary>Whether it was refused just now, and taken a short while before.</summary>
    public bool IsTurnedAway(ServerLogin login) => logins.TryGetValue(KeyOf(login), out var last) && last.IsRefused && time.GetUtcNow() - last.Taken < Recent;

    /// <summary>Folders of one account share its connections.</summary>
    private static ServerLogin KeyOf(ServerLogin login) => login with { Folder = "" };
}
