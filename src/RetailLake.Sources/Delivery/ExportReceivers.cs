using RetailLake.Core.Errors;
using RetailLake.Core.Export;
using RetailLake.Core.Secrets;

namespace RetailLake.Sources.Delivery;

/// <summary>Opens the receiver that a contract's target names: <c>file:///folder</c>, <c>sftp://[user@]host[:port]/folder</c> or <c>secret:name</c>.</summary>
public sealed class ExportReceivers(ISecretStore secrets)
{
    /// <summary>Holds user and key of an <c>sftp://</c> target that is written in the contract itself.</summary>
    public const string DefaultSecret = "targets/manthan";
    private const string SecretPrefix = "secret:";

    public async Task<IExportReceiver> OpenAsync(string target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        var name = target.StartsWith(SecretPrefix, StringComparison.Ordinal) ? target[SecretPrefix.Length..] : DefaultSecret;
        if (target.StartsWith(SecretPrefix, StringComparison.Ordinal))
        {
            target = DeliverySecret.Parse(name, await secrets.GetAsync(name, cancellationToken)).Target ?? throw DeliverySecret.Incomplete(name, "'target'");
        }

        if (!Uri.TryCreate(target, UriKind.Absolute, out var uri) || (uri.Scheme != "sftp" && !uri.IsFile))
        {
            throw new NotSupportedByLakeException(
                $"Found the target '{Shown(target)}'; known are 'file:///folder', 'sftp://user@host:port/folder' and 'secret:name'.",
                "Nothing was sent; the export stays stored in the lake.", "Correct retaillake.manthan target in the contract.");
        }

        if (uri.IsFile)
        {
            return new FolderReceiver(uri.LocalPath);
        }

        return await secrets.UseAsync<IExportReceiver, DeliveryRefusedException>(
            name, async secret => await SftpReceiver.ConnectAsync(uri, name, DeliverySecret.Parse(name, secret), cancellationToken), cancellationToken);
    }

    /// <summary>A password inside a URI must not reach an error.</summary>
    private static string Shown(string target) => target.LastIndexOf('@') is >= 0 and var at ? $"…{target[at..]}" : target;
}
