using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RetailLake.Core.Lake;

/// <summary>What .NET has no words for: exclusive names, durable folders, and the environment that native code sees.</summary>
internal static partial class Posix
{
    public const int AlreadyExists = 17;

    private const int CurrentFolder = -100;
    private const uint NoReplace = 1;

    /// <summary>SYNC_FILE_RANGE_WRITE.</summary>
    private const uint WriteOnly = 2;

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Link(string from, string to);

    public static int RenameExclusively(string from, string to) => Rename(CurrentFolder, from, CurrentFolder, to, NoReplace);

    /// <summary>A name survives a power cut only when its folder is on the disk too.</summary>
    public static void SyncFolder(string folder)
    {
        var handle = Open(folder, 0);
        if (handle < 0 || Sync(handle) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            _ = handle < 0 ? 0 : Close(handle);
            throw new IOException($"Found no way to make the folder '{folder}' durable (errno {error}). The object has its name, but a power cut may take it. Check the disk.");
        }

        _ = Close(handle);
    }

    /// <summary>Lets the system begin to write what the file has, and waits for nothing. A hint: its failure changes nothing, and other systems than Linux have none.</summary>
    public static void BeginWriteback(SafeFileHandle file)
    {
        if (OperatingSystem.IsLinux())
        {
            _ = SyncRange(file, 0, 0, WriteOnly);
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int SetEnvironment(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Rename(int fromFolder, string from, int toFolder, string to, uint flags);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Sync(int handle);

    [LibraryImport("libc", EntryPoint = "sync_file_range", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SyncRange(SafeFileHandle file, long offset, long bytes, uint flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int handle);
}
