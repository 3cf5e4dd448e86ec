using System.Security.Cryptography;
using System.Text;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;

namespace RetailLake.Core.Warehouse;

/// <summary>The task token of a waiting load, kept where the statement's status event can find it: the event carries the statement's name only.</summary>
public sealed record LoadToken(string StatementName, string ClientToken);

public static class LoadTokens
{
    private const string Prefix = "load/";

    public static async Task<LoadToken> SaveAsync(ILake lake, Run run, string taskToken, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(taskToken)))[..32];
        await lake.WriteOnceAsync(Key(run.Keys.Run, hash), new SavedToken(taskToken), cancellationToken);
        return new($"{Prefix}{run.Keys.Run}/{hash}", hash);
    }

    /// <returns>The run's folder, or null when the statement is no load of ours.</returns>
    public static string? RunOf(string statementName)
    {
        ArgumentNullException.ThrowIfNull(statementName);
        return statementName.StartsWith(Prefix, StringComparison.Ordinal) && statementName.LastIndexOf('/') is var end && end > Prefix.Length
            ? statementName[Prefix.Length..end]
            : null;
    }

    public static async Task<string?> ReadAsync(ILake lake, string statementName, CancellationToken cancellationToken)
    {
        var run = RunOf(statementName) ?? throw new ArgumentException($"'{statementName}' is no load.", nameof(statementName));
        return (await lake.TryReadAsync<SavedToken>(Key(run, statementName[(statementName.LastIndexOf('/') + 1)..]), cancellationToken))?.TaskToken;
    }

    private static string Key(string run, string hash) => $"{run}/tokens/{hash}.json";

    private sealed record SavedToken(string TaskToken);
}
