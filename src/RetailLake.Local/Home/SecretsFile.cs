using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RetailLake.Local.Home;

/// <summary>The home's own secrets: one JSON object, name to text or object. Created with a random key for personal-data tokens.</summary>
public static class SecretsFile
{
    public const string TokenKey = "pii/token-key";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static void Ensure(LakeHome home)
    {
        ArgumentNullException.ThrowIfNull(home);
        if (!File.Exists(home.Secrets))
        {
            Save(home, new() { [TokenKey] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(48)) });
        }
    }

    public static void Set(LakeHome home, IEnumerable<KeyValuePair<string, JsonNode?>> secrets)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        Ensure(home);
        var all = JsonNode.Parse(File.ReadAllBytes(home.Secrets))!.AsObject();
        foreach (var (name, value) in secrets)
        {
            all[name] = value;
        }

        Save(home, all);
    }

    private static void Save(LakeHome home, JsonObject secrets) => PrivateFile.Write(home.Secrets, JsonSerializer.SerializeToUtf8Bytes(secrets, Indented));
}
