using System.Collections.Concurrent;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using RetailLake.Core.Errors;
using RetailLake.Core.Secrets;

namespace RetailLake.Aws.Secrets;

/// <summary>
/// Secrets Manager (<c>secretsmanager://prefix</c>: <c>sources/oms</c> is the secret <c>prefix/sources/oms</c>), read through Parameter Store's reference to it. A value is kept for
/// five minutes, or until it was refused where it was used.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/systems-manager/latest/userguide/integration-ps-secretsmanager.html</remarks>
public sealed class ParameterSecretStore : ISecretStore
{
    private const string Reference = "/aws/reference/secretsmanager/";
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, (string Value, DateTimeOffset Until)> known = new(StringComparer.Ordinal);
    private readonly IAmazonSimpleSystemsManagement parameters;
    private readonly TimeProvider time;
    private readonly string prefix;

    public ParameterSecretStore(IAmazonSimpleSystemsManagement parameters, string uri, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(uri);
        (this.parameters, this.time) = (parameters, time);
        const string Scheme = "secretsmanager://";
        prefix = uri.StartsWith(Scheme, StringComparison.Ordinal) && uri[Scheme.Length..].Trim('/') is var found && found.All(letter => char.IsAsciiLetterOrDigit(letter) || "/_+=.@-".Contains(letter, StringComparison.Ordinal))
            ? found.Length == 0 ? "" : found + "/"
            : throw new ArgumentException("Found a SECRETS_URI that is not 'secretsmanager://prefix', of letters, digits and '/_+=.@-'. No secret was read. Correct SECRETS_URI.", nameof(uri));
    }

    /// <summary>The client of the functions: credentials, region and endpoint as the environment has them.</summary>
    public static AmazonSimpleSystemsManagementClient Client()
    {
        var config = new AmazonSimpleSystemsManagementConfig();
        CloudEndpoint.Apply(config, "SSM", Environment.GetEnvironmentVariable);
        return new(config);
    }

    public async Task<string> GetAsync(string name, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (known.TryGetValue(name, out var kept) && time.GetUtcNow() < kept.Until)
        {
            return kept.Value;
        }

        var value = Placeholder.Refuse(name, await ReadAsync(name, cancellationToken), $"the secret '{prefix}{name}' of Secrets Manager");
        known[name] = (value, time.GetUtcNow() + Kept);
        return value;
    }

    public void Refused(string name) => known.TryRemove(name, out _);

    /// <remarks>Inner exceptions are left out: a service's text is not ours to vouch for.</remarks>
    private async Task<string> ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return (await parameters.GetParameterAsync(new GetParameterRequest { Name = Reference + prefix + name, WithDecryption = true }, cancellationToken)).Parameter.Value ?? "";
        }
        catch (AmazonServiceException fault) when (fault is ParameterNotFoundException || fault.ErrorCode is "ParameterNotFound" or "ParameterVersionNotFound")
        {
            throw new SecretMissingException($"Found no secret '{prefix}{name}' in Secrets Manager.", "Nothing was read or loaded.", "Create it there, with its value, then redrive.");
        }
        catch (AmazonServiceException fault) when (fault.ErrorCode is "AccessDeniedException" or "AccessDenied" or "ValidationException" or "InvalidKeyId")
        {
            throw new SecretMissingException(
                $"Found the secret '{prefix}{name}' refused by Parameter Store ({fault.ErrorCode}).", "Nothing was read or loaded.",
                "Grant the role ssm:GetParameter, secretsmanager:GetSecretValue and kms:Decrypt for it, in template.yaml, deploy, then redrive.");
        }
        catch (Exception fault) when (fault is AmazonServiceException or AmazonClientException or HttpRequestException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new LakeUnavailableException(
                $"Found no answer from Parameter Store for the secret '{prefix}{name}' ({(fault as AmazonServiceException)?.ErrorCode ?? fault.GetType().Name}).", "Nothing was read or loaded.",
                "It is tried again; when it persists, check the SSM and Secrets Manager endpoints of the VPC, then redrive the execution.");
        }
    }
}
