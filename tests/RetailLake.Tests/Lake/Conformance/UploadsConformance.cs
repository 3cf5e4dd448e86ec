using System.Security.Cryptography;
using RetailLake.Core.Drops.Intake;

namespace RetailLake.Tests.Lake.Conformance;

/// <summary>Every promise of <see cref="IUploads"/>, for any adapter.</summary>
public abstract class UploadsConformance : IAsyncLifetime
{
    private static readonly string[] Hostile =
    [
        "..csv", "...", "-rf", "--", "~", "$HOME", "`id`", "$(id)", "a;b", "a|b", "a&b", "a'b", "a\"b", "a\\b", "..\\..\\x", "%2e%2e%2f", "%00", "*", "?", "[1]", "{a,b}", "a b", " a", "a ", "a+b", "a%20b",
        "a\tb", "a\nb", "a\rb", "\u0001", "\u001b[2J", "\u202Egnp.csv", "\u200B", "e\u0301.csv", "\u00e9.csv", "CON", "a:b", "a<b>", "#", "a=b", ".drop.json", "x.drop.json", ".tmp", "<script>", "\uFFFD", "\U0001F600",
    ];

    private ILakeSite? site;

    private IUploads Uploads => site!.Uploads;

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
    public async Task FileUnderAnyName_IsListedFoundReadCopiedAndDeleted()
    {
        var names = Hostile.Except(site!.Unsendable).ToList();
        foreach (var name in names)
        {
            await UploadAsync(name, name);
        }

        var listed = await ListAsync();

        listed.Select(upload => upload.Name).Should().BeEquivalentTo(names);
        foreach (var upload in listed)
        {
            var content = System.Text.Encoding.UTF8.GetBytes(upload.Name);
            var key = $"landing/gp/grn/drop={Hash(content)}";
            upload.Oddity.Should().BeNull();
            upload.Bytes.Should().Be(content.Length);
            (await FindAsync(upload.Name)).Should().Be(upload);
            (await ReadAsync(upload)).Should().Equal(content);
            (await Uploads.CopyAsync(upload, key, Hash(content), default)).Should().BeTrue();
            (await site!.Lake.LengthAsync(key, default)).Should().Be(content.Length);
            await Uploads.DeleteAsync(upload, default);
            (await FindAsync(upload.Name)).Should().BeNull("'{0}' was deleted", upload.Name);
        }

        (await ListAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task OtherFeedsAndRecords_AreNotListed()
    {
        var id = new string('0', 64);
        await UploadAsync("a.csv", "x");
        await site!.UploadAsync("gp", "grn2", "b.csv", "x"u8.ToArray());
        await site.UploadAsync("gp", "grn", $"{RetailLake.Core.Drops.DropIds.Of("gp.grn", "a.csv", id, 1)}.drop.json", "{}"u8.ToArray());

        (await ListAsync()).Select(upload => upload.Name).Should().Equal("a.csv");
        (await Uploads.ListAsync("gp", "none", default).ToListAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task PathForAName_IsNotFound()
    {
        await UploadAsync("a.csv", "x");

        foreach (var name in (string[])["", ".", "..", "../grn/a.csv", "./a.csv", "a.csv/", "a\0.csv", "none"])
        {
            (await FindAsync(name)).Should().BeNull("'{0}' is no file's name here", name);
        }
    }

    [Fact]
    public async Task ReplacedFile_IsAnotherVersionAndStays()
    {
        await UploadAsync("a.csv", "first");
        var first = (await FindAsync("a.csv"))!;
        await UploadAsync("a.csv", "second!");

        (await FindAsync("a.csv"))!.Version.Should().NotBe(first.Version);
        (await Uploads.OpenReadAsync(first, default)).Should().BeNull();
        (await Uploads.CopyAsync(first, "landing/x", Hash("first"u8), default)).Should().BeFalse();
        await Uploads.DeleteAsync(first, default);

        (await site!.Lake.LengthAsync("landing/x", default)).Should().BeNull();
        (await ReadAsync((await FindAsync("a.csv"))!)).Should().Equal("second!"u8.ToArray());
    }

    [Fact]
    public async Task FileThatIsGone_IsNoError()
    {
        await UploadAsync("a.csv", "first");
        var first = (await FindAsync("a.csv"))!;
        await Uploads.DeleteAsync(first, default);

        (await FindAsync("a.csv")).Should().BeNull();
        (await Uploads.OpenReadAsync(first, default)).Should().BeNull();
        (await Uploads.CopyAsync(first, "landing/x", Hash("first"u8), default)).Should().BeFalse();
        await Uploads.DeleteAsync(first, default);
        (await site!.Lake.LengthAsync("landing/x", default)).Should().BeNull();
    }

    [Fact]
    public async Task Copy_IsRepeatableAndNeverOverOtherBytes()
    {
        await UploadAsync("a.csv", "first");
        var upload = (await FindAsync("a.csv"))!;
        await site!.Lake.PutIfAbsentAsync("landing/taken", "other bytes"u8.ToArray(), default);

        (await Uploads.CopyAsync(upload, "landing/x", Hash("first"u8), default)).Should().BeTrue();
        (await Uploads.CopyAsync(upload, "landing/x", Hash("first"u8), default)).Should().BeTrue();
        await Uploads.Awaiting(it => it.CopyAsync(upload, "landing/taken", Hash("first"u8), default)).Should().ThrowAsync<InvalidOperationException>();

        (await site.Lake.LengthAsync("landing/x", default)).Should().Be(5);
        (await site.Lake.LengthAsync("landing/taken", default)).Should().Be(11);
    }

    [Fact]
    public async Task CopiesInParallel_AllSucceed()
    {
        await UploadAsync("a.csv", "first");
        var upload = (await FindAsync("a.csv"))!;

        var copied = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Uploads.CopyAsync(upload, "landing/x", Hash("first"u8), default))));

        copied.Should().OnlyContain(done => done);
        (await site!.Lake.LengthAsync("landing/x", default)).Should().Be(5);
    }

    [Fact]
    public async Task SettledFile_IsOneThatNobodyWrites()
    {
        await UploadAsync("a.csv", "first");
        var upload = (await FindAsync("a.csv"))!;

        (await Uploads.SettledAsync([upload], default)).Should().Equal(upload);
        (await Uploads.SettledAsync([], default)).Should().BeEmpty();
    }

    protected abstract ValueTask<ILakeSite> OpenAsync();

    private static string Hash(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private Task UploadAsync(string name, string content) => site!.UploadAsync("gp", "grn", name, System.Text.Encoding.UTF8.GetBytes(content));

    private Task<List<Upload>> ListAsync() => Uploads.ListAsync("gp", "grn", default).ToListAsync().AsTask();

    private Task<Upload?> FindAsync(string name) => Uploads.FindAsync("gp", "grn", name, default);

    private async Task<byte[]> ReadAsync(Upload upload)
    {
        await using var stream = (await Uploads.OpenReadAsync(upload, default))!;
        using var buffer = new MemoryStream();
        await stream.CopyToAsync(buffer);
        return buffer.ToArray();
    }
}
