namespace RetailLake.Local.Servers;

/// <summary>An installed tree: the system itself, or packages unpacked into a folder of ours.</summary>
public sealed record Software(string Root)
{
    private static readonly string[] BinaryFolders = ["usr/local/sbin", "usr/local/bin", "usr/sbin", "usr/bin", "sbin", "bin"];

    public static Software System { get; } = new("/");

    public bool IsSystem => Root == "/";

    public string? Find(string binary) =>
        BinaryFolders.Select(folder => Path.Combine(Root, folder, binary)).FirstOrDefault(File.Exists);

    public string Require(string binary) => Find(binary) ?? throw new ServerException(
        $"Found no '{binary}' under '{Root}'; the unpacked packages should hold it. Nothing was started. Delete '{Root}' and start again, so that it is fetched anew.");

    /// <summary>Unpacked programs look for their libraries beside them first; the system serves what the packages did not bring.</summary>
    public IReadOnlyDictionary<string, string> Environment()
    {
        if (IsSystem)
            return new Dictionary<string, string>();
        var folders = LibraryFolders().ToList();
        return new Dictionary<string, string> { ["LD_LIBRARY_PATH"] = string.Join(':', folders) };
    }

    private IEnumerable<string> LibraryFolders()
    {
        foreach (var parent in new[] { Path.Combine(Root, "usr", "lib"), Path.Combine(Root, "lib") })
        {
            if (!Directory.Exists(parent))
                continue;
            foreach (var architecture in Directory.EnumerateDirectories(parent, "*-linux-*"))
                yield return architecture;
            yield return parent;
        }
    }
}
