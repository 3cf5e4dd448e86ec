using System.Security.Cryptography;
using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Secrets;

namespace RetailLake.Core.Rows;

/// <summary>Gets the token key only where a contract has personal columns: a deployment without any needs no such secret.</summary>
public sealed class PersonalTokenSource(ISecretStore secrets)
{
    public const string SecretName = "pii/token-key";

    public async Task<PersonalTokens> ForAsync(Contract contract, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(contract);
        return contract.Tables.Any(table => table.Columns.Any(column => column.Personal))
            ? new(SHA256.HashData(Encoding.UTF8.GetBytes(await secrets.GetAsync(SecretName, cancellationToken))))
            : new(RandomNumberGenerator.GetBytes(32));
    }
}
