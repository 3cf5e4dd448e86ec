namespace RetailLake.Local.Servers;

/// <summary>Folders and files that only their owner reads; Windows inherits the rights of the user's profile.</summary>
internal static class PrivatePath
{
    public static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public static void WriteLines(string path, params IEnumerable<string> lines)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(path + ".new", options))
            foreach (var line in lines)
                writer.WriteLine(line);
        File.Move(path + ".new", path, overwrite: true);
    }
}
