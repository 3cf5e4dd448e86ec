using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using RetailLake.Core.Drops.Intake;
using RetailLake.Core.Lake;
using RetailLake.Tests.Scenarios;

namespace RetailLake.Tests.Drops.Chain;

/// <summary>Names are data: whatever bytes a sender chose, its file is taken in or refused in the open, and nothing outside the folder is touched.</summary>
public sealed class HostileNamesTests(ITestOutputHelper output)
{
    private static readonly string[] Known =
    [
        "..csv", "...", "-rf", "--", "~", "$HOME", "`id`", "$(id)", "a;b", "a|b", "a&b", "a'b", "a\"b", "a\\b", "..\\..\\x", "%2e%2e%2f", "%00", "*", "?", "[1]", "{a,b}", "a b", " a", "a ",
        "a\tb", "a\nb", "a\rb", "\u001b[2J", "\u202Egnp.csv", "\u200B", "e\u0301.csv", "\u00e9.csv", "\u0130.csv", "CON", "NUL.txt", "com1", "a:b", "a<b>", "#", "a=b", "drop=1", ".drop.json", "x.drop.json",
        ".tmp", ".hidden", "'; DROP TABLE x; --", "<script>", "\uFFFD", "\U0001F600", "\uFEFFa", 
    ];

    [Fact]
    public async Task FileUnderAnyName_IsTakenOrRefusedInTheOpen()
    {
        using var folder = new DropFolder(DropFeeds.Of(DropFeeds.Trailer()));
        var secret = Path.Combine(folder.Outside, "secret");
        await File.WriteAllTextAsync(secret, "outside");
        var random = Soak.Random(output);
        var names = Names(random, Soak.Count(5000, 500));
        Create(folder.Feed, names);

        var results = await folder.SweepAsync();

        results.Should().HaveCount(names.Count);
        results.Should().OnlyContain(result => result.Outcome == IntakeOutcome.Taken || (result.Outcome == IntakeOutcome.Refused && result.Reason == "has a name that is not UTF-8"));
        var taken = results.Where(result => result.Outcome == IntakeOutcome.Taken).ToList();
        taken.Select(result => result.Name).Should().BeEquivalentTo(names.Where(IsText).Select(Encoding.UTF8.GetString));
        (await folder.RecordsAsync()).Select(record => record.Drop.Name).Should().BeEquivalentTo(taken.Select(result => result.Name));
        new FileSystemUploads(folder.Lake, folder.Time).ListAsync("gp", "grn", default).ToBlockingEnumerable().Should().HaveCount(names.Count - taken.Count, "what is refused stays");
        (await File.ReadAllTextAsync(secret)).Should().Be("outside");
        Directory.EnumerateFileSystemEntries(folder.Outside).Select(Path.GetFileName).Should().BeEquivalentTo("lake", "secret");
        Directory.EnumerateFileSystemEntries(folder.Root).Select(Path.GetFileName).Should().BeEquivalentTo(".tmp", "drops", "landing");
        output.WriteLine($"{taken.Count} taken, {names.Count - taken.Count} refused");
    }

    [Fact]
    public async Task LinksFoldersAndPipes_AreRefusedAndNeverOpened()
    {
        using var folder = new DropFolder(DropFeeds.Of(DropFeeds.Trailer()));
        var secret = Path.Combine(folder.Outside, "secret");
        await File.WriteAllTextAsync(secret, "outside");
        File.CreateSymbolicLink(Path.Combine(folder.Feed, "link.csv"), secret);
        File.CreateSymbolicLink(Path.Combine(folder.Feed, "broken.csv"), "/nowhere");
        Directory.CreateSymbolicLink(Path.Combine(folder.Feed, "folder.csv"), folder.Outside);
        Directory.CreateDirectory(Path.Combine(folder.Feed, "own.csv"));
        await File.WriteAllTextAsync(Path.Combine(folder.Feed, "own.csv", "below.csv"), "x");
        using (var pipe = Process.Start("mkfifo", [Path.Combine(folder.Feed, "pipe.csv")]))
        {
            await pipe.WaitForExitAsync();
        }

        var results = await folder.SweepAsync();

        results.Should().HaveCount(5).And.OnlyContain(result => result.Outcome == IntakeOutcome.Refused);
        results.ToDictionary(result => result.Name, result => result.Reason).Should().BeEquivalentTo(new Dictionary<string, string>
        {
            ["link.csv"] = "is a link", ["broken.csv"] = "is a link", ["folder.csv"] = "is a link", ["own.csv"] = "is a folder", ["pipe.csv"] = "is no plain file",
        });
        (await folder.RecordsAsync()).Should().BeEmpty();
        Directory.Exists(Path.Combine(folder.Root, "landing")).Should().BeFalse();
    }

    [Fact]
    public async Task LinkInThePlaceOfTheFeedsFolder_IsNotEntered()
    {
        using var folder = new DropFolder(DropFeeds.Of(DropFeeds.Trailer()));
        var other = Directory.CreateDirectory(Path.Combine(folder.Outside, "other")).FullName;
        await File.WriteAllTextAsync(Path.Combine(other, "a.csv"), "x");
        Directory.Delete(folder.Feed);
        Directory.CreateSymbolicLink(folder.Feed, other);

        var sweep = folder.SweepAsync;

        await sweep.Should().ThrowAsync<IOException>().WithMessage("*a link or a file*");
        File.Exists(Path.Combine(other, "a.csv")).Should().BeTrue();
    }

    [Fact]
    public async Task FileSwappedForALinkAfterItWasListed_IsNotRead()
    {
        using var folder = new DropFolder(DropFeeds.Of(DropFeeds.Trailer()));
        var secret = Path.Combine(folder.Outside, "secret");
        await File.WriteAllTextAsync(secret, "id\n1\n");
        var path = folder.Put("a.csv");
        var upload = (await folder.Uploads.FindAsync("gp", "grn", "a.csv", default))!;
        File.Delete(path);
        File.CreateSymbolicLink(path, secret);

        (await folder.Uploads.OpenReadAsync(upload, default)).Should().BeNull();
        await folder.Uploads.DeleteAsync(upload, default);

        new FileInfo(path).LinkTarget.Should().Be(secret, "another version is not deleted");
    }

    [Theory]
    [InlineData("../../../secret")]
    [InlineData("a/../../x")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("a\0b")]
    [InlineData("/etc/passwd")]
    public async Task PathInThePlaceOfAName_FindsNothing(string name)
    {
        using var folder = new DropFolder(DropFeeds.Of(DropFeeds.Trailer()));
        await File.WriteAllTextAsync(Path.Combine(folder.Outside, "secret"), "outside");
        folder.Put("a");

        (await folder.Intake.TakeAsync(folder.Contract, [name], default)).Should().ContainSingle().Which.Outcome.Should().Be(IntakeOutcome.Gone);
    }

    private static List<byte[]> Names(Random random, int count)
    {
        var names = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var name in Known.Select(Encoding.UTF8.GetBytes).Concat(Endless(random)))
        {
            if (names.Count == count)
            {
                break;
            }

            if (name.Length is > 0 and <= 255 && !name.Contains((byte)'/') && !name.Contains((byte)0) && Encoding.Latin1.GetString(name) is not ("." or ".."))
            {
                names[Convert.ToHexString(name)] = name;
            }
        }

        return [.. names.Values];
    }

    private static IEnumerable<byte[]> Endless(Random random)
    {
        while (true)
        {
            yield return Name(random);
        }
    }

    /// <summary>A third any bytes, a third any text, a third known attacks put together.</summary>
    private static byte[] Name(Random random)
    {
        switch (random.Next(3))
        {
            case 0:
                var bytes = new byte[random.Next(1, 64)];
                random.NextBytes(bytes);
                return bytes;
            case 1:
                return Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(1, 20)).Select(_ => Rune(random))));
            default:
                return Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => Known[random.Next(Known.Length)])));
        }
    }

    private static string Rune(Random random) => new Rune(random.Next(2) == 0 ? random.Next(1, 0xD800) : random.Next(0xE000, 0x110000)).ToString();

    private static bool IsText(byte[] name)
    {
        try
        {
            new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(name);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>.NET cannot make files under names that are no text.</summary>
    private static void Create(string folder, List<byte[]> names)
    {
        foreach (var (index, name) in names.Index())
        {
            byte[] path = [.. Encoding.UTF8.GetBytes(folder), (byte)'/', .. name, 0];
            using var handle = Open(path, 0x41, 0x1A4);
            handle.IsInvalid.Should().BeFalse(Convert.ToHexString(name));
            RandomAccess.Write(handle, Encoding.UTF8.GetBytes($"{index}"), 0);
        }
    }

#pragma warning disable SYSLIB1054 // Generated marshalling would need unsafe code in the whole test project.
    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern SafeFileHandle Open(byte[] path, int flags, int mode);
#pragma warning restore SYSLIB1054
}
