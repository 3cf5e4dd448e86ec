using System.Text.Json;
using RetailLake.Core.Errors;
using RetailLake.Core.Runs;

namespace RetailLake.Sources.Delivery;

/// <summary>The secret of a receiver: <c>{target, username, privateKeyFile | privateKey | password, hostKeySha256}</c>.</summary>
internal sealed record DeliverySecret
{
    public string? Target { get; init; }

    public string? Username { get; init; }

    public string? PrivateKeyFile { get; init; }

    public string? PrivateKey { get; init; }

    public string? Password { get; init; }

    /// <summary>As <c>ssh-keygen -l</c> prints it, with or without <c>SHA256:</c>.</summary>
    public string? HostKeySha256 { get; init; }

    public static DeliverySecret Parse(string name, string json)
    {
        try
        {
            return JsonSerializer.Deserialize<DeliverySecret>(json, LakeJson.Options) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            // Without the inner exception: it may quote the secret.
            throw Incomplete(name, "a JSON object");
        }
    }

    public static SecretMissingException Incomplete(string name, string expected) => new(
        $"Found the secret '{name}' without {expected}.", "Nothing was sent; the export stays stored in the lake.",
        "Put {\"target\", \"username\", \"privateKeyFile\" or \"privateKey\" or \"password\", \"hostKeySha256\"} there; 'ssh-keyscan HOST | ssh-keygen -lf -' prints the host key.");
}
