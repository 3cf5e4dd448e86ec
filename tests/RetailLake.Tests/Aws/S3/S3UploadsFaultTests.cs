using RetailLake.Aws.S3;
using RetailLake.Core.Drops.Intake;

namespace RetailLake.Tests.Aws.S3;

/// <summary>Uploads in a bucket, where a bucket differs from a folder.</summary>
public sealed class S3UploadsFaultTests : IAsyncLifetime
{
    private const string Place = "drops/gp/grn/a.csv";
    private static readonly string Hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(new byte[1000]));

    private readonly S3Double service = new();
    private readonly S3Lake lake;
    private readonly S3Uploads uploads;

    public S3UploadsFaultTests()
    {
        var client = service.Client();
        lake = new(client, $"s3://{S3Double.Bucket}", TimeProvider.System);
        uploads = new(client, lake) { LargestCopy = 1000, CopyPartBytes = 6 * 1024 * 1024 };
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task LargeUpload_IsCopiedInParts()
    {
        var content = new byte[(12 * 1024 * 1024) + 5];
        new Random(1).NextBytes(content);
        var upload = await UploadAsync(content);

        (await uploads.CopyAsync(upload, "landing/x", Hash, default)).Should().BeTrue();

        service.Store.Objects["landing/x"].Content.AsSpan().SequenceEqual(content).Should().BeTrue();
        service.Count("UploadPartCopy").Should().Be(3);
        service.Count("GetObject").Should().Be(0, "the bytes stay in S3");
    }

    [Fact]
    public async Task LargeUpload_ReplacedOnTheWay_IsNotPublished()
    {
        var upload = await UploadAsync(new byte[12 * 1024 * 1024]);
        service.Faults = request =>
        {
            if (request.Operation == "CreateMultipartUpload")
            {
                service.Store.Put(Place, [1, .. new byte[12 * 1024 * 1024]], new Dictionary<string, string>());
            }

            return S3Fault.None;
        };

        (await uploads.CopyAsync(upload, "landing/x", Hash, default)).Should().BeFalse();

        service.Store.Objects.Should().NotContainKey("landing/x");
        service.Store.Uploads.Should().BeEmpty();
    }

    [Theory]
    [InlineData(S3Fault.AnswerLost)]
    [InlineData(S3Fault.ErrorWithin200)]
    [InlineData(S3Fault.SlowDown)]
    public async Task CopyWithoutAnAnswer_IsSettledByTheObject(S3Fault fault)
    {
        var upload = await UploadAsync(new byte[1000]);
        service.Break("CopyObject", fault);

        (await uploads.CopyAsync(upload, "landing/x", Hash, default)).Should().BeTrue();

        service.Store.Objects["landing/x"].Content.Should().HaveCount(1000);
    }

    [Fact]
    public async Task OtherBytesThanTheHashSays_AreNotKept()
    {
        var upload = await UploadAsync(new byte[999]);

        (await uploads.CopyAsync(upload, "landing/x", Hash, default)).Should().BeFalse();

        service.Store.Objects.Should().NotContainKey("landing/x");
    }

    [Fact]
    public async Task ReplacedBetweenLookAndDeletion_Stays()
    {
        var upload = await UploadAsync(new byte[10]);
        service.Faults = request =>
        {
            if (request.Operation == "DeleteObject")
            {
                service.Store.Put(Place, new byte[11], new Dictionary<string, string>());
            }

            return S3Fault.None;
        };

        await uploads.DeleteAsync(upload, default);

        service.Store.Objects[Place].Content.Should().HaveCount(11);
    }

    [Fact]
    public async Task NamesThatNoRequestCanCarry_AreShownWithTheReason()
    {
        foreach (var name in (string[])["", ".", "..", "sub/", "sub/a.csv"])
        {
            service.Store.Put($"drops/gp/grn/{name}", new byte[1], new Dictionary<string, string>());
        }

        var listed = await uploads.ListAsync("gp", "grn", default).ToListAsync();

        listed.ToDictionary(upload => upload.Name, upload => upload.Oddity).Should().BeEquivalentTo(new Dictionary<string, string?>
        {
            ["."] = "has a name that no request can carry", [".."] = "has a name that no request can carry", ["sub/"] = "is a folder", ["sub/a.csv"] = null,
        });
    }

    private async Task<Upload> UploadAsync(byte[] content)
    {
        service.Store.Put(Place, content, new Dictionary<string, string>());
        return (await uploads.FindAsync("gp", "grn", "a.csv", default))!;
    }
}
