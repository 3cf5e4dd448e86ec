using RetailLake.Core.Errors;

namespace RetailLake.Core.Secrets;

/// <summary>Secrets in variables: <c>sources/oms</c> is <c>LAKE_SECRET_SOURCES_OMS</c>.</summary>
public sealed class EnvironmentSecretStore(Func<string, string?> variable) : ISecretStore
{
    public static string VariableOf(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return "LAKE_SECRET_" + name.ToUpperInvariant().Replace('/', '_').Replace('-', '_');
    }

    public Task<string> GetAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var key = VariableOf(name);
        return variable(key) is { Length: > 0 } value
            ? Task.FromResult(Placeholder.Refuse(name, value, $"the variable '{key}'"))
            : throw new SecretMissingException(
                $"Found no environment variable '{key}' for the secret '{name}'.", "Nothing was read or loaded.", "Set it for this process.");
    }
}
