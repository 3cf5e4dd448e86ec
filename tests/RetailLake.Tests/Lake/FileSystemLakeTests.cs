using System.Text;
using RetailLake.Core.Errors;
using RetailLake.Core.Lake;

namespace RetailLake.Tests.Lake;

public sealed class FileSystemLakeTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("lake-").FullName;
    private readonly FileSystemLake lake;

    public FileSystemLakeTests() => lake = new FileSystemLake(new Uri(folder).AbsoluteUri);

    [Theory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("../a")]
    [InlineData("a/../b")]
    [InlineData("a/./b")]
    [InlineData("..")]
    [InlineData("a\\b")]
    [InlineData("a b")]
    [InlineData("a\0b")]
    [InlineData("a*b")]
    [InlineData("a[1]")]
    [InlineData("a%2e%2e/b")]
    [InlineData("é")]
    [InlineData("~root")]
    [InlineData("a:b")]
    [InlineData("C:/x")]
    [InlineData("a\nb")]
    [InlineData("$(x)")]
    [InlineData("a'b")]
    [InlineData(".tmp/x")]
    public async Task HostileKey_IsRefused(string key)
    {
        await lake.Invoking(async it => await it.CreateAsync(key, default)).Should().ThrowAsync<ArgumentException>();
        await lake.Invoking(async it => await it.PutIfAbsentAsync(key, "x"u8.ToArray(), default)).Should().ThrowAsync<ArgumentException>();
        await lake.Invoking(async it => await it.OpenReadAsync(key, default)).Should().ThrowAsync<ArgumentException>();
        await lake.Invoking(async it => await it.DeleteAsync(key, default)).Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public void LongKey_IsRefusedBeyond1024Bytes()
    {
        LakeKey.IsValid(string.Join('/', Enumerable.Repeat(new string('a', 127), 8))).Should().BeTrue();
        LakeKey.IsValid(string.Join('/', Enumerable.Repeat(new string('a', 127), 8)) + "/b").Should().BeFalse();
        LakeKey.IsValid(new string('a', 256)).Should().BeFalse();
    }

    [Fact]
    public async Task LinkOutOfTheLake_IsRefused()
    {
        Directory.CreateSymbolicLink(Path.Join(folder, "out"), Path.GetTempPath());
        File.CreateSymbolicLink(Path.Join(folder, "file"), "/etc/hostname");

        await lake.Invoking(async it => await it.OpenReadAsync("out/x", default)).Should().ThrowAsync<ArgumentException>();
        await lake.Invoking(async it => await it.OpenReadAsync("file", default)).Should().ThrowAsync<ArgumentException>();
        (await Keys("")).Should().BeEmpty();
    }

    [Fact]
    public async Task PutIfAbsent_InParallel_HasOneWinner()
    {
        for (var round = 0; round < 20; round++)
        {
            var key = $"runs/{round}/plan.json";
            var contents = Enumerable.Range(0, 16).Select(writer => Encoding.UTF8.GetBytes(new string((char)('a' + writer), 10_000))).ToList();

            var won = await Task.WhenAll(contents.Select(content => Task.Run(() => lake.PutIfAbsentAsync(key, content, default))));

            won.Count(winner => winner).Should().Be(1);
            (await ReadAsync(key)).Should().Equal(contents[Array.IndexOf(won, true)]);
        }

        Directory.GetFiles(Path.Join(folder, ".tmp")).Should().BeEmpty();
    }

    [Fact]
    public async Task Object_AppearsAtCommitOnly()
    {
        var writer = await lake.CreateAsync("a/b", default);
        await writer.Stream.WriteAsync("hello"u8.ToArray());
        (await lake.OpenReadAsync("a/b", default)).Should().BeNull();
        (await lake.LengthAsync("a/b", default)).Should().BeNull();

        var stored = await writer.CommitAsync(default);

        stored.Should().Be(new LakeObject("a/b", 5, "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824") { Xxh128 = "b5e9c1ad071b3e7fc779cfaa5e523818" });
        (await lake.LengthAsync("a/b", default)).Should().Be(5);
        await lake.VerifyAsync(stored, default);
        await writer.DisposeAsync();
    }

    [Fact]
    public async Task DisposedWithoutCommit_LeavesNothing()
    {
        await using (var writer = await lake.CreateAsync("a/b", default))
        {
            await writer.Stream.WriteAsync(new byte[100_000]);
        }

        (await Keys("")).Should().BeEmpty();
        Directory.GetFiles(Path.Join(folder, ".tmp")).Should().BeEmpty();
    }

    [Fact]
    public async Task CommitOntoTakenKey_FailsAndKeepsTheFirst()
    {
        await lake.PutIfAbsentAsync("a/b", "first"u8.ToArray(), default);
        await using var writer = await lake.CreateAsync("a/b", default);
        await writer.Stream.WriteAsync("second"u8.ToArray());

        await writer.Awaiting(it => it.CommitAsync(default)).Should().ThrowAsync<InvalidOperationException>();

        (await ReadAsync("a/b")).Should().Equal("first"u8.ToArray());
    }

    [Fact]
    public async Task List_IsInOrdinalOrderOfWholeKeys()
    {
        string[] keys = ["a-b", "a.b", "a/b/c", "a/b-c", "a/b", "a0", "aB", "b/x", "A/z", "runs/x.y/z=0001/landed.json"];
        keys = [.. keys.Where(key => key != "a/b")];
        foreach (var key in keys)
        {
            await lake.PutIfAbsentAsync(key, "x"u8.ToArray(), default);
        }

        foreach (var prefix in new[] { "", "a", "a/", "a/b", "a/b/", "a-", "b", "zz", "runs/x.y/z=0" })
        {
            (await Keys(prefix)).Should().Equal(keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal), $"of prefix '{prefix}'");
        }
    }

    [Fact]
    public async Task DamagedObject_IsFoundAtItsEnd()
    {
        await using var writer = await lake.CreateAsync("a/b", default);
        await writer.Stream.WriteAsync(new byte[50_000]);
        var stored = await writer.CommitAsync(default);
        var path = lake.Locate("a/b");

        await using (var file = File.OpenWrite(path))
        {
            file.Position = 31_000;
            file.WriteByte(1);
        }

        await lake.Awaiting(it => it.VerifyAsync(stored, default)).Should().ThrowAsync<ObjectDamagedException>();
        await lake.Awaiting(it => it.VerifyAsync(stored with { Bytes = 49_999 }, default)).Should().ThrowAsync<ObjectDamagedException>();
        await lake.Awaiting(it => it.VerifyAsync(stored with { Key = "a/c" }, default)).Should().ThrowAsync<ObjectDamagedException>();
    }

    [Fact]
    public async Task Delete_IsIdempotent()
    {
        await lake.PutIfAbsentAsync("a/b", "x"u8.ToArray(), default);

        await lake.DeleteAsync("a/b", default);
        await lake.DeleteAsync("a/b", default);
        await lake.DeleteAsync("no/such/folder", default);

        (await lake.OpenReadAsync("a/b", default)).Should().BeNull();
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task<List<string>> Keys(string prefix)
    {
        List<string> keys = [];
        await foreach (var key in lake.ListAsync(prefix, default))
        {
            keys.Add(key);
        }

        return keys;
    }

    private async Task<byte[]> ReadAsync(string key)
    {
        await using var stream = (await lake.OpenReadAsync(key, default))!;
        using var buffer = new MemoryStream();
        await stream.CopyToAsync(buffer);
        return buffer.ToArray();
    }
}
