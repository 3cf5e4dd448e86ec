using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;
using RetailLake.Core.Errors;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;

namespace RetailLake.Tests.Lake.Conformance;

#pragma warning disable CA5394 // Bytes to write, not secrets.
/// <summary>Every promise of <see cref="ILake"/>, for any adapter.</summary>
public abstract class LakeConformance : IAsyncLifetime
{
    /// <summary>A part of an upload to S3; to the file system it is a number like any other.</summary>
    private const int Part = 8 * 1024 * 1024;

    private ILakeSite? site;

    private ILake Lake => site!.Lake;

    public async ValueTask InitializeAsync() => site = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (site is not null)
        {
            await site.DisposeAsync();
        }
    }

    [Fact]
    public async Task HostileKey_IsRefused()
    {
        foreach (var key in (string[])["", "/etc/passwd", "a//b", "a/", "../a", "a/../b", "a/./b", "..", "a\\b", "a b", "a\0b", "a*b", "a%2e%2e/b", "é", "a:b", "a\nb", "a'b", "a?b", "a#b", "a+b", new('a', 256)])
        {
            await Lake.Invoking(async it => await it.CreateAsync(key, default)).Should().ThrowAsync<ArgumentException>("'{0}' is no key", key);
            await Lake.Invoking(async it => await it.PutIfAbsentAsync(key, "x"u8.ToArray(), default)).Should().ThrowAsync<ArgumentException>();
            await Lake.Invoking(async it => await it.OpenReadAsync(key, default)).Should().ThrowAsync<ArgumentException>();
            await Lake.Invoking(async it => await it.LengthAsync(key, default)).Should().ThrowAsync<ArgumentException>();
            await Lake.Invoking(async it => await it.DeleteAsync(key, default)).Should().ThrowAsync<ArgumentException>();
            Lake.Invoking(it => it.Locate(key)).Should().Throw<ArgumentException>();
        }

        await Lake.Invoking(async it => await it.ListAsync("../", default).ToListAsync()).Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public async Task AbsentObject_IsNull()
    {
        (await Lake.OpenReadAsync("no/such", default)).Should().BeNull();
        (await Lake.LengthAsync("no/such", default)).Should().BeNull();
        (await Keys("no")).Should().BeEmpty();
    }

    [Fact]
    public async Task Object_AppearsAtCommitOnly()
    {
        await using var writer = await Lake.CreateAsync("a/b", default);
        await writer.Stream.WriteAsync("hello"u8.ToArray());
        (await Lake.OpenReadAsync("a/b", default)).Should().BeNull();
        (await Lake.LengthAsync("a/b", default)).Should().BeNull();
        (await Keys("")).Should().BeEmpty();

        var stored = await writer.CommitAsync(default);

        stored.Should().Be(new LakeObject("a/b", 5, "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824") { Xxh128 = "b5e9c1ad071b3e7fc779cfaa5e523818" });
        (await Lake.LengthAsync("a/b", default)).Should().Be(5);
        (await Keys("")).Should().Equal("a/b");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Part - 1)]
    [InlineData(Part)]
    [InlineData(Part + 1)]
    [InlineData(2 * Part)]
    [InlineData((3 * Part) + 7)]
    public async Task AnySize_IsReadBackAsWritten(int bytes)
    {
        var content = new byte[bytes];
        new Random(bytes).NextBytes(content);
        await using var writer = await Lake.CreateAsync("a/b", default);
        WriteByTurns(writer.Stream, content);

        var stored = await writer.CommitAsync(default);

        stored.Should().Be(new LakeObject("a/b", bytes, Convert.ToHexStringLower(SHA256.HashData(content))) { Xxh128 = Convert.ToHexStringLower(XxHash128.Hash(content)) });
        (await Lake.LengthAsync("a/b", default)).Should().Be(bytes);
        (await ReadAsync("a/b")).AsSpan().SequenceEqual(content).Should().BeTrue();
        await Lake.VerifyAsync(stored, default);
        (await site!.LeftoversAsync()).Should().Be(0);
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData((2 * Part) + 1)]
    public async Task DisposedWithoutCommit_LeavesNothing(int bytes)
    {
        await using (var writer = await Lake.CreateAsync("a/b", default))
        {
            await writer.Stream.WriteAsync(new byte[bytes]);
        }

        (await Keys("")).Should().BeEmpty();
        (await site!.LeftoversAsync()).Should().Be(0);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(Part + 1)]
    public async Task CommitOntoTakenKey_FailsAndKeepsTheFirst(int bytes)
    {
        await Lake.PutIfAbsentAsync("a/b", "first"u8.ToArray(), default);
        await using (var writer = await Lake.CreateAsync("a/b", default))
        {
            await writer.Stream.WriteAsync(new byte[bytes]);
            (await writer.Awaiting(it => it.CommitAsync(default)).Should().ThrowAsync<InvalidOperationException>()).WithMessage("Found an object under 'a/b' already*");
        }

        (await ReadAsync("a/b")).Should().Equal("first"u8.ToArray());
        (await site!.LeftoversAsync()).Should().Be(0);
    }

    [Fact]
    public async Task SecondCommit_IsRefused()
    {
        await using var writer = await Lake.CreateAsync("a/b", default);
        await writer.CommitAsync(default);

        await writer.Awaiting(it => it.CommitAsync(default)).Should().ThrowAsync<ObjectDisposedException>();
    }

    [Fact]
    public async Task Cancelled_PublishesNothing()
    {
        var cancelled = new CancellationToken(canceled: true);
        await using (var writer = await Lake.CreateAsync("a/b", default))
        {
            await writer.Awaiting(it => it.CommitAsync(cancelled)).Should().ThrowAsync<OperationCanceledException>();
        }

        await Lake.Awaiting(it => it.CreateAsync("a/b", cancelled)).Should().ThrowAsync<OperationCanceledException>();
        await Lake.Awaiting(it => it.OpenReadAsync("a/b", cancelled)).Should().ThrowAsync<OperationCanceledException>();
        (await Keys("")).Should().BeEmpty();
    }

    [Fact]
    public async Task PutIfAbsent_InParallel_HasOneWinner()
    {
        for (var round = 0; round < 5; round++)
        {
            var key = $"runs/{round}/plan.json";
            var contents = Enumerable.Range(0, 16).Select(writer => Encoding.UTF8.GetBytes(new string((char)('a' + writer), 10_000))).ToList();

            var won = await Task.WhenAll(contents.Select(content => Task.Run(() => Lake.PutIfAbsentAsync(key, content, default))));

            won.Count(winner => winner).Should().Be(1);
            (await ReadAsync(key)).Should().Equal(contents[Array.IndexOf(won, true)]);
        }
    }

    [Fact]
    public async Task WritersOfOneKey_InParallel_HaveOneWinner()
    {
        // Every other one is large enough to come in parts.
        var won = await Task.WhenAll(Enumerable.Range(0, 6).Select(number => Task.Run(async () =>
        {
            await using var writer = await Lake.CreateAsync("a/b", default);
            await writer.Stream.WriteAsync(Enumerable.Repeat((byte)number, number % 2 == 0 ? 1000 : Part + 1000).ToArray());
            try
            {
                return await writer.CommitAsync(default);
            }
            catch (InvalidOperationException)
            {
                return null;
            }
        })));

        await Lake.VerifyAsync(won.Where(stored => stored is not null).Should().ContainSingle().Which!, default);
        (await site!.LeftoversAsync()).Should().Be(0);
    }

    [Fact]
    public async Task WriteOnce_LoserAdoptsTheWinner()
    {
        (await Lake.WriteOnceAsync("runs/x/plan.json", new Words("mine"), default)).Should().Be((new Words("mine"), true));

        (await Lake.WriteOnceAsync("runs/x/plan.json", new Words("late"), default)).Should().Be((new Words("mine"), false));
    }

    [Fact]
    public async Task List_IsInOrdinalOrderOfWholeKeysAcrossPages()
    {
        string[] keys = ["a-b", "a.b", "a/b/c", "a/b-c", "a0", "aB", "b/x", "A/z", "runs/x.y/z=0001/landed.json", "runs/x.y/z=0002/landed.json", "runs/x.y/z=0010/landed.json"];
        foreach (var key in keys)
        {
            await Lake.PutIfAbsentAsync(key, "x"u8.ToArray(), default);
        }

        foreach (var prefix in (string[])["", "a", "a/", "a/b", "a/b/", "a-", "b", "zz", "runs/x.y/z=0"])
        {
            var wanted = keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
            (await Keys(prefix)).Should().Equal(wanted, "of prefix '{0}'", prefix);
            foreach (var after in (string[])["a", "a/b/c", "a/b/c~", "runs/x.y/z=0002", "runs/x.y/z=0002/landed.json", "zz", "é"])
            {
                (await Lake.ListAsync(prefix, after, default).ToListAsync()).Should().Equal(wanted.Where(key => string.CompareOrdinal(key, after) > 0), "of prefix '{0}' after '{1}'", prefix, after);
            }
        }
    }

    [Fact]
    public async Task DeletedObject_IsGoneAndItsKeyFree()
    {
        await Lake.PutIfAbsentAsync("a/b", "x"u8.ToArray(), default);

        await Lake.DeleteAsync("a/b", default);
        await Lake.DeleteAsync("a/b", default);
        await Lake.DeleteAsync("no/such/folder", default);

        (await Lake.OpenReadAsync("a/b", default)).Should().BeNull();
        (await Lake.PutIfAbsentAsync("a/b", "y"u8.ToArray(), default)).Should().BeTrue();
    }

    [Fact]
    public async Task ObjectUnlikeItsManifest_IsDamaged()
    {
        await using var writer = await Lake.CreateAsync("a/b", default);
        await writer.Stream.WriteAsync(new byte[50_000]);
        var stored = await writer.CommitAsync(default);

        await Lake.Awaiting(it => it.VerifyAsync(stored with { Bytes = 49_999 }, default)).Should().ThrowAsync<ObjectDamagedException>();
        await Lake.Awaiting(it => it.VerifyAsync(stored with { Bytes = 50_001 }, default)).Should().ThrowAsync<ObjectDamagedException>();
        await Lake.Awaiting(it => it.VerifyAsync(stored with { Xxh128 = new('0', 32) }, default)).Should().ThrowAsync<ObjectDamagedException>();
        await Lake.Awaiting(it => it.VerifyAsync(stored with { Key = "a/c" }, default)).Should().ThrowAsync<ObjectDamagedException>();
    }

    [Fact]
    public async Task Streams_AreReadAndWrittenWithoutWaitingToo()
    {
        await using var writer = await Lake.CreateAsync("a/b", default);
        writer.Stream.Write("he"u8);
        writer.Stream.Write([0x6C, 0x6C], 0, 2);
        await writer.Stream.WriteAsync("o"u8.ToArray());
        await writer.CommitAsync(default);

        using var stream = (await Lake.OpenReadAsync("a/b", default))!;
        var read = new byte[5];
        stream.ReadExactly(read);

        read.Should().Equal("hello"u8.ToArray());
        stream.Read(read).Should().Be(0);
        stream.Length.Should().Be(5);
    }

    [Fact]
    public void Locate_IsUnderTheLakesAddress() =>
        new Uri(Lake.Locate("a/b=1")).AbsoluteUri.Should().Be($"{Lake.Uri}/a/b=1");

    protected abstract ValueTask<ILakeSite> OpenAsync();

    private static void WriteByTurns(Stream stream, byte[] content)
    {
        var random = new Random(content.Length);
        for (var (at, turn) = (0, 0); at < content.Length; turn++)
        {
            var count = Math.Min(random.Next(1, 300_000), content.Length - at);
            stream.Write(content, at, count);
            at += count;
        }
    }

    private Task<List<string>> Keys(string prefix) => Lake.ListAsync(prefix, default).ToListAsync().AsTask();

    private async Task<byte[]> ReadAsync(string key)
    {
        await using var stream = (await Lake.OpenReadAsync(key, default))!;
        using var buffer = new MemoryStream();
        await stream.CopyToAsync(buffer);
        return buffer.ToArray();
    }

    private sealed record Words(string Text);
}
