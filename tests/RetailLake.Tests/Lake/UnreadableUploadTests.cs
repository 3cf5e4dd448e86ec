using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using RetailLake.Core.Drops.Intake;
using RetailLake.Core.Errors;
using RetailLake.Core.Lake;
using RetailLake.Tests.Drops.Chain;

namespace RetailLake.Tests.Lake;

/// <summary>A file of another account in the folder for uploads.</summary>
public sealed class UnreadableUploadTests
{
    private const uint Nobody = 65_534;
    private const UnixFileMode ForAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task FileWithoutRights_IsItsOwnOutcome()
    {
        using var folder = new DropFolder(DropFeeds.Of(DropFeeds.Trailer()));
        File.SetUnixFileMode(folder.Outside, ForAll);
        File.SetUnixFileMode(folder.Put("a.csv"), UnixFileMode.None);
        var upload = (await folder.Uploads.FindAsync("gp", "grn", "a.csv", default))!;

        AsNobody(() => Open(folder.Uploads, upload)).Should().BeOfType<LakeAccessException>().Which.Found.Should().Contain("errno 13");
    }

    private static Exception? Open(FileSystemUploads uploads, Upload upload)
    {
        try
        {
            using var stream = uploads.OpenReadAsync(upload, default).GetAwaiter().GetResult();
            return null;
        }
        catch (Exception e) when (e is LakeException or IOException)
        {
            return e;
        }
    }

    /// <summary>A thread's own right to files, so that modes hold for tests of a privileged user, too.</summary>
    private static T AsNobody<T>(Func<T> work)
    {
        var own = SetFileUser(Nobody);
        try
        {
            return work();
        }
        finally
        {
            _ = SetFileUser(own);
        }
    }

#pragma warning disable SYSLIB1054 // Generated marshalling would need unsafe code in the whole test project.
    [DllImport("libc", EntryPoint = "setfsuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint SetFileUser(uint user);
#pragma warning restore SYSLIB1054
}
