using System.Runtime.InteropServices;

namespace RetailLake.Core.Lake;

/// <summary>Gives a finished file its name, unless the name is taken.</summary>
/// <remarks>Not <c>File.Move(overwrite: false)</c>: on Unix it looks first and renames then, so two of sixteen racing writers won.</remarks>
internal static class ExclusivePublish
{
    /// <returns>False when there is an object under the name already; it is untouched.</returns>
    public static bool TryMove(string from, string to)
    {
        var folder = Path.GetDirectoryName(to)!;
        Directory.CreateDirectory(folder);
        if (OperatingSystem.IsWindows())
        {
            return TryMoveOnWindows(from, to);
        }

        if (!TryName(from, to))
        {
            return false;
        }

        Posix.SyncFolder(folder);
        return true;
    }

    /// <summary>Linux renames without replacing, as one step; other systems and some mounts (NFS) do not, and others (exFAT, some shared folders) have no links.</summary>
    private static bool TryName(string from, string to)
    {
        if (OperatingSystem.IsLinux())
        {
            if (Posix.RenameExclusively(from, to) == 0)
            {
                return true;
            }

            if (Marshal.GetLastPInvokeError() == Posix.AlreadyExists)
            {
                return false;
            }
        }

        if (Posix.Link(from, to) == 0)
        {
            File.Delete(from);
            return true;
        }

        var error = Marshal.GetLastPInvokeError();
        return error == Posix.AlreadyExists ? false : throw new IOException(
            $"Found no way to give '{to}' its name without replacing another (errno {error}). The object was dropped. Put the lake on a file system with hard links, such as ext4, xfs or apfs.");
    }

    private static bool TryMoveOnWindows(string from, string to)
    {
        try
        {
            // MoveFileEx refuses a name that is taken, as one step.
            File.Move(from, to, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(to))
        {
            return false;
        }
    }
}
