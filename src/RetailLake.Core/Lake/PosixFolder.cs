using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using RetailLake.Core.Errors;

namespace RetailLake.Core.Lake;

/// <summary>
/// A folder held open, and the files in it by their bare names: no path is followed twice, no link at all, so nothing outside the folder can be
/// reached by swapping one for the other. Names are bytes; those that are no UTF-8 are listed and cannot be opened.
/// </summary>
internal sealed class PosixFolder : IDisposable
{
    private const int NotPermitted = 1;
    private const int NotThere = 2;
    private const int NoRight = 13;
    private const int NotAFolder = 20;
    private const int TooManyLinks = 40;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly SafeFileHandle handle;

    private PosixFolder(SafeFileHandle handle) => this.handle = handle;

    /// <param name="root">Followed as it is.</param>
    /// <param name="below">Each a folder in the one before, and no link.</param>
    /// <returns>Null when one of them is not there.</returns>
    /// <exception cref="IOException">One of them is a link or a file, or cannot be opened.</exception>
    public static PosixFolder? TryOpen(string root, params ReadOnlySpan<string> below)
    {
        RequireLinux();
        var at = PosixNative.Open(PosixNative.CurrentFolder, root, PosixNative.Folder | PosixNative.CloseOnExec);
        for (var index = 0; !at.IsInvalid && index < below.Length; index++)
        {
            using var above = at;
            at = PosixNative.Open(above, below[index], PosixNative.Folder | PosixNative.NoFollow | PosixNative.CloseOnExec);
        }

        if (!at.IsInvalid)
        {
            return new(at);
        }

        var error = Marshal.GetLastPInvokeError();
        at.Dispose();
        return error == NotThere ? null : throw new IOException(
            $"Found {(error is NotAFolder or TooManyLinks ? "a link or a file" : $"no way in (errno {error})")} on the way to '{Path.Join([root, .. below])}'; a folder of the lake was expected. Nothing there was opened. Put a folder in its place.");
    }

    /// <returns>Names as text, or null and the bytes made printable.</returns>
    public IEnumerable<(string? Name, string Shown)> Names()
    {
        foreach (var raw in PosixNative.Names(handle))
        {
            string? name = null;
            try
            {
                name = Strict.GetString(raw);
            }
            catch (DecoderFallbackException)
            {
                // Not a name that .NET could give back to the kernel.
            }

            yield return (name, name ?? string.Concat(raw.Select(value => value is > 32 and < 127 ? $"{(char)value}" : $"\\x{value:x2}")));
        }
    }

    /// <returns>Null when there is nothing under the name.</returns>
    public PosixFileStatus? Status(string name) => PosixNative.Status(handle, name, followsNothing: true);

    /// <returns>Null when there is no plain file under the name, whatever it was when it was listed.</returns>
    /// <exception cref="LakeAccessException">It may not be read.</exception>
    /// <exception cref="IOException">The system could not open it now.</exception>
    public (SafeFileHandle Handle, PosixFileStatus Status)? TryOpenFile(string name)
    {
        // Without NonBlocking a pipe would wait here for its writer.
        var file = PosixNative.Open(handle, name, PosixNative.NoFollow | PosixNative.CloseOnExec | PosixNative.NonBlocking);
        if (!file.IsInvalid && PosixNative.Status(file, "", followsNothing: false) is { IsPlainFile: true } status)
        {
            return (file, status);
        }

        var error = file.IsInvalid ? Marshal.GetLastPInvokeError() : NotThere;
        file.Dispose();
        return error switch
        {
            NotThere or TooManyLinks => null,
            NotPermitted or NoRight => throw new LakeAccessException($"Found a file that may not be read (errno {error}).", "It was left as it is.", "Give this process the right to read it."),
            _ => throw new IOException($"Found a file that cannot be opened (errno {error}). It was left as it is. Look at the system's disks and limits; it is tried again."),
        };
    }

    /// <summary>What is gone already is no error.</summary>
    /// <exception cref="LakeAccessException">It may not be deleted.</exception>
    public void Delete(string name)
    {
        if (PosixNative.Unlink(handle, name) != 0 && Marshal.GetLastPInvokeError() is var error && error != NotThere)
        {
            throw error is NotPermitted or NoRight
                ? new LakeAccessException($"Found a file that may not be deleted (errno {error}).", "It was left as it is.", "Give this process the right to write in its folder.")
                : new IOException($"Found a file that cannot be deleted (errno {error}). It was left as it is. Look at the system's disks and limits; it is tried again.");
        }
    }

    public void Dispose() => handle.Dispose();

    private static void RequireLinux()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture is not (Architecture.X64 or Architecture.Arm64))
        {
            throw new NotSupportedByLakeException(
                "Found uploads asked for on a system other than 64-bit Linux; files under hostile names are opened there only.", "Nothing was opened.", "Run lake on Linux, in WSL or in a container.");
        }
    }
}
