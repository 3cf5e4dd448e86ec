using System.Text.Json;
using RetailLake.Core.Errors;

namespace RetailLake.Core.Secrets;

/// <summary>A JSON file: an object of name → text, or name → object (handed out as its JSON text).</summary>
/// <remarks>Read anew each time, so a rotated password is found without a restart.</remarks>
public sealed class FileSecretStore(string path) : ISecretStore
{
    public async Task<string> GetAsync(string name, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        try
        {
            await using var file = File.OpenRead(path);
            using var document = await JsonDocument.ParseAsync(file, default, cancellationToken);
            if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(name, out var value))
            {
                var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
                return Placeholder.Refuse(name, text, $"'{path}'");
            }
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw new SecretMissingException(
                $"Found no readable file '{path}' for the secret '{name}'.",
                "Nothing was read or loaded.",
                "Write the file as a JSON object of name and value, or correct SECRETS_URI.",
                exception);
        }
        catch (JsonException exception)
        {
            // The parser's own text may quote the file, and with it a secret.
            throw new SecretMissingException(
                $"Found no valid JSON at line {exception.LineNumber + 1} of '{path}'; it holds one object of name and value.",
                "Nothing was read or loaded.",
                "Correct the file.");
        }

        throw new SecretMissingException(
            $"Found no secret '{name}' in '{path}'.", "Nothing was read or loaded.", $"Add \"{name}\" to the file.");
    }
}
