namespace RetailLake.Local.Home;

/// <summary>Where everything of one local lake lies. One process owns it at a time.</summary>
public sealed record LakeHome
{
    public LakeHome(string directory) => Folder = Path.GetFullPath(directory);

    public string Folder { get; }

    /// <summary>Objects: landing, curated, quarantine, runs, exports.</summary>
    public string Lake => Path.Combine(Folder, "lake");

    public string Warehouse => Path.Combine(Folder, "warehouse.duckdb");

    /// <summary>The engine's journal.</summary>
    public string Engine => Path.Combine(Folder, "engine");

    /// <summary>Statements of the warehouse and their status events that are not delivered yet.</summary>
    public string Statements => Path.Combine(Folder, "statements");

    public string Secrets => Path.Combine(Folder, "secrets.json");

    /// <summary>Servers that the demo fetches and runs.</summary>
    public string Tools => Path.Combine(Folder, "tools");

    public string Log => Path.Combine(Folder, "lake.log");

    internal string Owner => Path.Combine(Folder, "owner.json");

    internal string LockFile => Path.Combine(Folder, "lock");

    public LakeHome Create()
    {
        foreach (var folder in new[] { Folder, Lake, Engine, Statements })
        {
            // Landing holds rows as the sources gave them: nobody else on the machine reads here.
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }

        return this;
    }
}
