using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RetailLake.Core.Lake;

/// <summary>What a file is, from one look.</summary>
/// <param name="Version">Another text after anything was written, or another file took the name.</param>
internal readonly record struct PosixFileStatus(uint Mode, long Bytes, DateTimeOffset Modified, string Version)
{
    private const uint KindMask = 0xF000;

    public bool IsPlainFile => (Mode & KindMask) == 0x8000;

    public bool IsFolder => (Mode & KindMask) == 0x4000;

    public bool IsLink => (Mode & KindMask) == 0xA000;
}

/// <summary>Linux calls relative to an open folder, in the layouts of its 64-bit systems.</summary>
internal static unsafe partial class PosixNative
{
    public const int CurrentFolder = -100;

    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;

    private const int EmptyPath = 0x1000;
    private const int FollowNothing = 0x100;
    private const uint BasicStatus = 0x7FF;
    private const int StatusBytes = 256;
    private const int NameInEntry = 19;

    private static readonly bool IsArm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    // These two differ between the architectures.
    public static int Folder => IsArm ? 0x4000 : 0x10000;

    public static int NoFollow => IsArm ? 0x8000 : 0x20000;

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial SafeFileHandle Open(int folder, string path, int flags);

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial SafeFileHandle Open(SafeFileHandle folder, string name, int flags);

    /// <returns>Null when there is nothing under the name.</returns>
    public static PosixFileStatus? Status(SafeFileHandle folder, string name, bool followsNothing)
    {
        Span<byte> status = stackalloc byte[StatusBytes];
        fixed (byte* into = status)
        {
            if (Status(folder, name, EmptyPath | (followsNothing ? FollowNothing : 0), BasicStatus, into) != 0)
            {
                return null;
            }
        }

        var (bytes, changed, modified) = (MemoryMarshal.Read<long>(status[40..]), Stamp(status[96..]), Stamp(status[112..]));
        return new(MemoryMarshal.Read<ushort>(status[28..]), bytes, Time(modified), $"{MemoryMarshal.Read<ulong>(status[32..])}-{bytes}-{modified}-{changed}");
    }

    /// <summary>Raw names, without '.' and '..'.</summary>
    public static List<byte[]> Names(SafeFileHandle folder)
    {
        // Opened anew: reading a folder moves the handle it is read through.
        using var own = Open(folder, ".", Folder | CloseOnExec);
        var stream = own.IsInvalid ? 0 : OpenEntries(own);
        if (stream == 0)
        {
            throw Unreadable();
        }

        // The entry stream owns the descriptor now.
        own.SetHandleAsInvalid();
        List<byte[]> names = [];
        try
        {
            for (nint entry; (entry = NextEntry(stream)) != 0;)
            {
                var name = MemoryMarshal.CreateReadOnlySpanFromNullTerminated((byte*)entry + NameInEntry);
                if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
                {
                    names.Add(name.ToArray());
                }
            }

            return Marshal.GetLastPInvokeError() == 0 ? names : throw Unreadable();
        }
        finally
        {
            _ = CloseEntries(stream);
        }
    }

    public static int Unlink(SafeFileHandle folder, string name) => Unlink(folder, name, 0);

    private static IOException Unreadable() =>
        new($"Found a folder that cannot be read (errno {Marshal.GetLastPInvokeError()}). Nothing in it was touched. Give this process the right to read it.");

    private static (long Seconds, uint Nanoseconds) Stamp(ReadOnlySpan<byte> at) => (MemoryMarshal.Read<long>(at), MemoryMarshal.Read<uint>(at[8..]));

    /// <summary>A file may claim any time, also one that no calendar has.</summary>
    private static DateTimeOffset Time((long Seconds, uint Nanoseconds) stamp) =>
        DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(stamp.Seconds, DateTimeOffset.MinValue.ToUnixTimeSeconds(), DateTimeOffset.MaxValue.ToUnixTimeSeconds() - 1)).AddTicks(stamp.Nanoseconds / 100);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Status(SafeFileHandle folder, string name, int flags, uint mask, byte* status);

    [LibraryImport("libc", EntryPoint = "fdopendir", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint OpenEntries(SafeFileHandle folder);

    [LibraryImport("libc", EntryPoint = "readdir", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint NextEntry(nint entries);

    [LibraryImport("libc", EntryPoint = "closedir", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int CloseEntries(nint entries);

    [LibraryImport("libc", EntryPoint = "unlinkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Unlink(SafeFileHandle folder, string name, int flags);
}
