namespace RetailLake.Core.Secrets;

/// <summary>Secrets by name (<c>sources/oms</c>, <c>targets/manthan</c>, <c>pii/token-key</c>). A value never reaches a log, an error or a manifest.</summary>
public interface ISecretStore
{
    /// <exception cref="Errors.SecretMissingException">No such secret, or a placeholder.</exception>
    Task<string> GetAsync(string name, CancellationToken cancellationToken);

    /// <summary>Tells that whoever the secret is for refused it: it may have been rotated, and the next <see cref="GetAsync"/> must not answer from memory.</summary>
    void Refused(string name)
    {
    }
}
