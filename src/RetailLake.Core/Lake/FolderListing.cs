namespace RetailLake.Core.Lake;

/// <summary>Walks a folder in the ordinal order of whole keys, holding one folder's names per level.</summary>
internal static class FolderListing
{
    /// <summary>Links and devices are not objects.</summary>
    private static readonly EnumerationOptions Plain = new()
    {
        AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Device,
        IgnoreInaccessible = false,
    };

    /// <param name="after">Folders and names that sort before it are left out unread and unsorted.</param>
    public static IEnumerable<string> Keys(string root, string folder, string prefix, string after = "")
    {
        var path = Path.Join(root, folder);
        if (!Directory.Exists(path))
        {
            yield break;
        }

        foreach (var name in Names(path, folder, after))
        {
            var key = folder + name;
            var isFolder = name.EndsWith('/');
            if (isFolder && (key.StartsWith(prefix, StringComparison.Ordinal) || prefix.StartsWith(key, StringComparison.Ordinal)))
            {
                foreach (var below in Keys(root, key, prefix, after))
                {
                    yield return below;
                }
            }
            else if (!isFolder && key.StartsWith(prefix, StringComparison.Ordinal))
            {
                yield return key;
            }
        }
    }

    private static List<string> Names(string path, string folder, string after)
    {
        List<string> names = [];
        foreach (var entry in new DirectoryInfo(path).EnumerateFileSystemInfos("*", Plain))
        {
            // A folder sorts as 'name/': '-' and '.' come before '/', digits and letters after it.
            var name = entry is DirectoryInfo ? entry.Name + "/" : entry.Name;
            if (!IsBefore(folder + name, after) && !(folder.Length == 0 && name == FileSystemLake.TemporaryFolder + "/") && LakeKey.IsValid(entry.Name))
            {
                names.Add(name);
            }
        }

        names.Sort(StringComparer.Ordinal);
        return names;
    }

    /// <summary>A folder that the text goes on from still holds keys behind it.</summary>
    private static bool IsBefore(string key, string after) =>
        string.CompareOrdinal(key, after) <= 0 && !(key.EndsWith('/') && after.StartsWith(key, StringComparison.Ordinal));
}
