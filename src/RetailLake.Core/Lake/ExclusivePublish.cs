using System.Runtime.InteropServices;

namespace RetailLake.Core.Lake;

/// <summary>Gives a finished file its name, unless the name is taken.</summary>
internal static partial class ExclusivePublish
{
    private const int ReadOnlyDirectory = 0x10000; // O_RDONLY | O_DIRECTORY on Linux x64 and arm64 differ; see OpenFlags.
    private const int ReadOnlyDirectoryArm = 0x4000;

    /// <returns>False when there is an object under the name already; it is untouched.</returns>
    public static bool TryMove(string from, string to)
    {
        var folder = Path.GetDirectoryName(to)!;
        Directory.CreateDirectory(folder);
        try
        {
            // On Unix link(2) + unlink(2): of two writers exactly one gets the name.
            File.Move(from, to, overwrite: false);
        }
        catch (IOException) when (File.Exists(to))
        {
            return false;
        }

        SyncFolder(folder);
        return true;
    }

    /// <summary>The name itself survives a power cut only when its folder is on the disk too.</summary>
    private static void SyncFolder(string folder)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var arm = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm;
        var handle = Open(folder, arm ? ReadOnlyDirectoryArm : ReadOnlyDirectory);
        if (handle < 0)
        {
            throw new IOException($"Found no way to open the folder '{folder}' (errno {Marshal.GetLastPInvokeError()}). The object is there; its durability is unproven. Check the folder's permissions.");
        }

        _ = Sync(handle);
        _ = Close(handle);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Sync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int handle);
}
