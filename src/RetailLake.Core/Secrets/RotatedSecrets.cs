namespace RetailLake.Core.Secrets;

/// <summary>Using a secret that may just have been rotated.</summary>
public static class RotatedSecrets
{
    /// <summary>Where the secret is refused, a value that is another one by now is tried, once; the same one again could lock the account.</summary>
    /// <typeparam name="TRefused">What <paramref name="use"/> throws when the secret is refused.</typeparam>
    public static async Task<T> UseAsync<T, TRefused>(this ISecretStore secrets, string name, Func<string, Task<T>> use, CancellationToken cancellationToken)
        where TRefused : Exception
    {
        ArgumentNullException.ThrowIfNull(secrets);
        ArgumentNullException.ThrowIfNull(use);
        var first = await secrets.GetAsync(name, cancellationToken);
        string current;
        try
        {
            return await use(first);
        }
        catch (TRefused)
        {
            secrets.Refused(name);
            current = await secrets.GetAsync(name, cancellationToken);
            if (current == first)
            {
                throw;
            }
        }

        return await use(current);
    }
}
