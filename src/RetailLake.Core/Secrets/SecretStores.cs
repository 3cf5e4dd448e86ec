using RetailLake.Core.Errors;

namespace RetailLake.Core.Secrets;

/// <summary>The stores that need no cloud, by scheme of SECRETS_URI. <c>secretsmanager://</c> is opened by the AWS side.</summary>
public static class SecretStores
{
    /// <param name="variable">How <c>env://</c> reads a variable; null: the process's environment.</param>
    /// <exception cref="NotSupportedByLakeException">No store has this scheme.</exception>
    public static ISecretStore Open(string uri, Func<string, string?>? variable = null)
    {
        ArgumentNullException.ThrowIfNull(uri);
        if (uri == "env://")
        {
            return new EnvironmentSecretStore(variable ?? Environment.GetEnvironmentVariable);
        }

        if (Uri.TryCreate(uri, UriKind.Absolute, out var parsed) && parsed.IsFile && parsed.Host.Length == 0)
        {
            return new FileSecretStore(parsed.LocalPath);
        }

        // The text after the scheme is left out: people do paste secrets into the wrong setting.
        var scheme = uri.IndexOf("://", StringComparison.Ordinal);
        throw new NotSupportedByLakeException(
            $"Found SECRETS_URI with the scheme '{(scheme < 0 ? "(none)" : uri[..scheme])}'; this process opens 'file:///path/secrets.json' and 'env://'.",
            "No secret was read.",
            "Correct SECRETS_URI; 'secretsmanager://' works in functions that are deployed to AWS.");
    }
}
