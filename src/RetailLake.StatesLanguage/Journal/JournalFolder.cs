using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace RetailLake.StatesLanguage.Journal;

/// <summary>
/// What lies where under the engine's folder:
/// `executions/machine[/label]/name.journal` the journals, `definitions/sha.json` pinned definitions,
/// `map-runs/uuid.json` the items of Map Runs, `index.journal` the newest summary of everything.
/// </summary>
internal sealed class JournalFolder(string root)
{
    public string IndexFile => Path.Combine(root, "index.journal");

    public string ExecutionsFolder => Path.Combine(root, "executions");

    /// <summary>The ARN ends in :machine:name, or in :machine/label:name for a child of a Map Run.</summary>
    public string JournalOf(string executionArn)
    {
        var parts = executionArn.Split(':', 8);
        return Path.Combine(ExecutionsFolder, parts[6], parts[7] + ".journal");
    }

    /// <summary>Held as long as the engine lives; the operating system lets go of it when the process dies.</summary>
    public FileStream Lock()
    {
        Directory.CreateDirectory(root);
        try
        {
            return new FileStream(Path.Combine(root, "engine.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException inner)
        {
            throw new FolderInUseException($"Found the folder '{root}' in use by another engine, expected it to be free. "
                + "This engine was not started. Stop the other one, or give this one a folder of its own.", inner);
        }
    }

    public string PinDefinition(string definition)
    {
        var sha = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(definition)));
        var path = DefinitionOf(sha);
        if (!File.Exists(path))
        {
            WriteWhole(path, Encoding.UTF8.GetBytes(definition));
        }

        return sha;
    }

    public string ReadDefinition(string sha) => File.ReadAllText(DefinitionOf(sha));

    public void SavePlan(MapRunPlan plan) => WriteWhole(PlanOf(plan.MapRunArn), JsonSerializer.SerializeToUtf8Bytes(plan, JournalFormat.Json.MapRunPlan));

    public MapRunPlan ReadPlan(string mapRunArn) =>
        JsonSerializer.Deserialize(File.ReadAllBytes(PlanOf(mapRunArn)), JournalFormat.Json.MapRunPlan)!;

    public void RemovePlan(string mapRunArn) => Remove(PlanOf(mapRunArn));

    public void RemoveJournal(string executionArn) => Remove(JournalOf(executionArn));

    private string PlanOf(string mapRunArn) => Path.Combine(root, "map-runs", mapRunArn[(mapRunArn.LastIndexOf(':') + 1)..] + ".json");

    private string DefinitionOf(string sha) => Path.Combine(root, "definitions", sha + ".json");

    private static void Remove(string path)
    {
        // A folder that was never made is no file to remove either.
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }

    // Renamed into place, so that a file is either absent or whole.
    private static void WriteWhole(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var draft = $"{path}.{Guid.NewGuid():n}.tmp";
        File.WriteAllBytes(draft, content);
        File.Move(draft, path, overwrite: true);
    }
}
