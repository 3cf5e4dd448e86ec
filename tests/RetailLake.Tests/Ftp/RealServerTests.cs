using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;
using RetailLake.Core.Drops.Pulls;

namespace RetailLake.Tests.Ftp;

/// <summary>Against vsftpd (which demands that data connections resume the TLS session) and OpenSSH.</summary>
public sealed class RealServerTests(RealServers servers)
{
    private static readonly DateTime Modified = new(2026, 11, 21, 9, 30, 0, DateTimeKind.Utc);

    public static TheoryData<string> Kinds => RealServers.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Folder_IsListedWithSizesAndTimes(string kind)
    {
        var folder = await servers.FolderAsync(kind);
        File.SetLastWriteTimeUtc(folder.Write("grn_1.txt", new byte[1234]), Modified);
        Directory.CreateDirectory(Path.Combine(folder.Path, "archive"));
        await using var server = await folder.OpenAsync();

        var files = await FilesAsync(server);

        files.Should().BeEquivalentTo([("grn_1.txt", new FileState(1234, Modified))]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task EmptyFolder_HasNoFiles(string kind)
    {
        await using var server = await (await servers.FolderAsync(kind)).OpenAsync();

        (await FilesAsync(server)).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task File_IsReadByteForByteFromAnyOffset(string kind)
    {
        var folder = await servers.FolderAsync(kind);
        // Line ends that a text mode would rewrite.
        var content = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Range(0, 20_000).Select(row => row % 2 == 0 ? "a\n" : "\r\n\u001A\u00FF\r")));
        folder.Write("drop.txt", content);
        await using var server = await folder.OpenAsync();

        foreach (var offset in new[] { 0, 1, 65_536, content.Length - 1, content.Length })
        {
            (await ReadAsync(server, new("drop.txt"), offset)).Should().Equal(content[offset..]);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task MissingFile_IsNothing(string kind)
    {
        await using var server = await (await servers.FolderAsync(kind)).OpenAsync();

        (await server.StateAsync(new("gone.txt"), default)).Should().BeNull();
        (await server.OpenReadAsync(new("gone.txt"), 0, default)).Should().BeNull();
        (await server.StateAsync(new("gone.txt"), default)).Should().BeNull("the session goes on");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    [SupportedOSPlatform("linux")]
    public async Task FileThatIsNotForUs_IsThereAndIsNotGiven(string kind)
    {
        var folder = await servers.FolderAsync(kind);
        File.SetUnixFileMode(folder.Write("theirs.txt", [1, 2, 3]), UnixFileMode.None);
        // The local servers of a privileged user read whatever has a mode; another account's process has more than that.
        var (theirs, file) = Environment.IsPrivilegedProcess ? (folder with { Location = folder.Location[..folder.Location.IndexOf("/~/", StringComparison.Ordinal)] + $"/proc/{Environment.ProcessId}" }, "mem") : (folder, "theirs.txt");
        await using var server = await theirs.OpenAsync();

        (await server.StateAsync(new(file), default)).Should().NotBeNull();
        (await server.OpenReadAsync(new(file), 0, default)).Should().BeNull();
        (await server.StateAsync(new(file), default)).Should().NotBeNull("the session goes on");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task NameInAnyEncoding_FindsItsFileAgain(string kind)
    {
        var folder = await servers.FolderAsync(kind);
        RemoteName[] names =
        [
            RemoteName.Of("गेहूँ.txt"), RemoteName.Of("\u202Etxt.exe"), new("caf\u00E9.txt"), new("-rf"), new("*"), new("[1].txt"), new("a'b\";--.txt"), new("a b  c.txt"), new("%2e%2e"), new(new('x', 255)),
        ];
        foreach (var name in names)
        {
            await WriteRawAsync(folder.Path, name);
        }

        await using var server = await folder.OpenAsync();
        var found = new List<RemoteName>();
        await foreach (var entry in server.ListAsync(default))
        {
            found.Add(entry.Name);
        }

        found.Should().BeEquivalentTo(names);
        foreach (var name in found)
        {
            (await ReadAsync(server, name, 0)).Should().Equal(Encoding.Latin1.GetBytes(name.Raw), "'{0}' holds its own name", name.Text);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ReadThatIsGivenUp_LeavesAServerThatCanBeClosed(string kind)
    {
        var folder = await servers.FolderAsync(kind);
        folder.Write("large.bin", new byte[5_000_000]);
        var server = await folder.OpenAsync();
        await using (var stream = await server.OpenReadAsync(new("large.bin"), 0, default))
        {
            await stream!.ReadExactlyAsync(new byte[10]);
        }

        await server.DisposeAsync();

        await using var another = await folder.OpenAsync();
        (await another.StateAsync(new("large.bin"), default))!.Bytes.Should().Be(5_000_000);
    }

    private static async Task<List<(string, FileState?)>> FilesAsync(IDropServer server)
    {
        var files = new List<(string, FileState?)>();
        await foreach (var entry in server.ListAsync(default))
        {
            // vsftpd names folders too, and tells the state of files only.
            var state = entry.State;
            files.Add((entry.Name.Raw, entry.IsFile ? state : null));
        }

        for (var index = 0; index < files.Count; index++)
        {
            files[index] = (files[index].Item1, files[index].Item2 ?? await server.StateAsync(new(files[index].Item1), default));
        }

        return [.. files.Where(file => file.Item2 is not null)];
    }

    private static async Task<byte[]> ReadAsync(IDropServer server, RemoteName name, long offset)
    {
        await using var stream = await server.OpenReadAsync(name, offset, default);
        using var content = new MemoryStream();
        await stream!.CopyToAsync(content);
        return content.ToArray();
    }

    /// <summary>The framework writes names in UTF-8 only; a shell writes any bytes.</summary>
    private static async Task WriteRawAsync(string folder, RemoteName name)
    {
        var octal = string.Concat(Encoding.Latin1.GetBytes(name.Raw).Select(value => "\\" + Convert.ToString(value, 8).PadLeft(3, '0')));
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"printf '%b' '{octal.Replace("\\", "\\0", StringComparison.Ordinal)}' > \"./$(printf '%b' '{octal.Replace("\\", "\\0", StringComparison.Ordinal)}')\""]) { WorkingDirectory = folder };
        using var shell = Process.Start(start)!;
        await shell.WaitForExitAsync();
        shell.ExitCode.Should().Be(0);
    }
}
