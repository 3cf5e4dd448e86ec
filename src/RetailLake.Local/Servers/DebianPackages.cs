namespace RetailLake.Local.Servers;

/// <summary>
/// Unpacks Debian packages into a folder, without root and without installing a service.
/// | binary on the system | folder unpacked | then                                        |
/// | yes                  | any             | the system's own is used                     |
/// | no                   | yes             | the folder is used, nothing is asked of apt  |
/// | no                   | no              | apt downloads, dpkg-deb unpacks, one rename  |
/// </summary>
public sealed class DebianPackages(string toolsFolder)
{
    private const string Record = "packages.txt";

    public async Task<Software> EnsureAsync(
        string name, string binary, IReadOnlyList<string> packages, CancellationToken cancellationToken = default)
    {
        if (Software.System.Find(binary) is not null)
            return Software.System;
        var folder = Path.Combine(Path.GetFullPath(toolsFolder), name);
        if (IsComplete(folder))
            return new Software(folder);
        if (Software.System.Find("apt-get") is null || Software.System.Find("dpkg-deb") is null)
            throw new ServerException(
                $"Found neither '{binary}' nor apt-get on this machine; {name} needs one of them. Nothing was started. Install {string.Join(", ", packages)} with this system's package manager.");

        Directory.CreateDirectory(toolsFolder);
        await using var held = await FileLock.TakeAsync(folder + ".lock", cancellationToken);
        // Another process may have unpacked it while this one waited.
        if (!IsComplete(folder))
            await UnpackAsync(folder, packages, cancellationToken);
        return new Software(folder);
    }

    private static bool IsComplete(string folder) => File.Exists(Path.Combine(folder, Record));

    private static async Task UnpackAsync(string folder, IReadOnlyList<string> packages, CancellationToken cancellationToken)
    {
        var work = folder + ".partial";
        Remove(work);
        Remove(folder);
        var apt = new Apt(Path.Combine(work, "apt"));
        var tree = Path.Combine(work, "tree");
        Directory.CreateDirectory(tree);
        var archives = await apt.DownloadAsync(packages, cancellationToken);
        foreach (var archive in archives)
        {
            var unpacked = await new Command("dpkg-deb", ["-x", archive, tree]).RunAsync(cancellationToken);
            if (!unpacked.Succeeded)
                throw new ServerException(
                    $"Found '{Path.GetFileName(archive)}' that dpkg-deb cannot unpack: {unpacked.Tail} Nothing was started. Free disk space under '{folder}' or check its rights, and start again.");
        }
        // The record is written last and the tree appears with one rename: a folder with a record is whole.
        var names = archives.Select(archive => Path.GetFileNameWithoutExtension(archive).Replace("%3a", ":", StringComparison.Ordinal));
        await File.WriteAllLinesAsync(Path.Combine(tree, Record), names.Order(StringComparer.Ordinal), cancellationToken);
        Directory.Move(tree, folder);
        Remove(work);
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}
