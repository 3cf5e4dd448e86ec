using RetailLake.Aws.S3;
using RetailLake.Core.Errors;
using RetailLake.Core.Lake;

namespace RetailLake.Tests.Aws.S3;

/// <summary>What the wire and the service do to a lake, one fault at a time.</summary>
public sealed class S3LakeFaultTests : IAsyncLifetime
{
    private const int Part = 8 * 1024 * 1024;
    private readonly S3Double service = new();
    private readonly S3Lake lake;

    public S3LakeFaultTests() => lake = new(service.Client(), $"s3://{S3Double.Bucket}", TimeProvider.System);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task WrongSecret_IsRefusedWithoutShowingIt()
    {
        var stranger = new S3Lake(service.Client("not the secret"), $"s3://{S3Double.Bucket}", TimeProvider.System);

        (await stranger.Awaiting(it => it.PutIfAbsentAsync("a", "x"u8.ToArray(), default)).Should().ThrowAsync<LakeAccessException>()).Which.ToString().Should().NotContain("not the secret");
    }

    [Fact]
    public async Task NoSuchBucket_IsNotAnAbsentObject()
    {
        var other = new S3Lake(service.Client(), "s3://another-bucket", TimeProvider.System);

        await other.Awaiting(it => it.OpenReadAsync("a", default)).Should().ThrowAsync<LakeAccessException>();
        await other.Awaiting(it => it.PutIfAbsentAsync("a", "x"u8.ToArray(), default)).Should().ThrowAsync<LakeAccessException>();
    }

    [Theory]
    [InlineData("PutObject", false)]
    [InlineData("CreateMultipartUpload", true)]
    [InlineData("UploadPart", true)]
    [InlineData("CompleteMultipartUpload", true)]
    public async Task SlowDown_IsTriedAgainAndThenTold(string operation, bool isLarge)
    {
        service.Break(operation, S3Fault.SlowDown, times: 2);
        await lake.VerifyAsync(await WriteAsync("a", isLarge), default);

        service.Break(operation, S3Fault.SlowDown, times: int.MaxValue);
        await this.Awaiting(it => it.WriteAsync("b", isLarge)).Should().ThrowAsync<LakeUnavailableException>();

        (await lake.LengthAsync("b", default)).Should().BeNull();
        service.Store.Uploads.Should().BeEmpty();
    }

    [Theory]
    [InlineData("PutObject", false, S3Fault.AnswerLost)]
    [InlineData("PutObject", false, S3Fault.InternalError)]
    [InlineData("PutObject", false, S3Fault.Conflict)]
    [InlineData("CreateMultipartUpload", true, S3Fault.AnswerLost)]
    [InlineData("UploadPart", true, S3Fault.AnswerLost)]
    [InlineData("CompleteMultipartUpload", true, S3Fault.AnswerLost)]
    [InlineData("CompleteMultipartUpload", true, S3Fault.ConnectionLost)]
    [InlineData("CompleteMultipartUpload", true, S3Fault.ErrorWithin200)]
    [InlineData("CompleteMultipartUpload", true, S3Fault.Conflict)]
    public async Task LostOrLateAnswer_PublishesOnce(string operation, bool isLarge, S3Fault fault)
    {
        service.Break(operation, fault);

        var stored = await WriteAsync("a", isLarge);

        await lake.VerifyAsync(stored, default);
        service.Count(operation).Should().BeGreaterThan(fault == S3Fault.ConnectionLost ? 0 : operation == "UploadPart" ? 2 : 1);
    }

    [Theory]
    [InlineData("PutObject", false)]
    [InlineData("CompleteMultipartUpload", true)]
    public async Task AnswersLostToTheEnd_AreSettledByTheObject(string operation, bool isLarge)
    {
        service.Break(operation, S3Fault.AnswerLost, times: int.MaxValue);

        await lake.VerifyAsync(await WriteAsync("a", isLarge), default);
    }

    [Theory]
    [InlineData("PutObject", false)]
    [InlineData("CompleteMultipartUpload", true)]
    public async Task LostAnswerOntoATakenKey_IsNotTakenForOurs(string operation, bool isLarge)
    {
        await lake.PutIfAbsentAsync("a", "first"u8.ToArray(), default);
        service.Break(operation, S3Fault.AnswerLost);

        await this.Awaiting(it => it.WriteAsync("a", isLarge)).Should().ThrowAsync<InvalidOperationException>();

        (await lake.LengthAsync("a", default)).Should().Be(5);
    }

    [Fact]
    public async Task ConflictToTheEnd_IsWorthARetry()
    {
        service.Break("PutObject", S3Fault.Conflict, times: int.MaxValue);

        await lake.Awaiting(it => it.PutIfAbsentAsync("a", "x"u8.ToArray(), default)).Should().ThrowAsync<LakeUnavailableException>();
    }

    [Fact]
    public async Task TakenKey_NoRightToLook_CountsAsLost()
    {
        await lake.PutIfAbsentAsync("a", "first"u8.ToArray(), default);
        service.Break("HeadObject", S3Fault.Denied, times: int.MaxValue);

        (await lake.PutIfAbsentAsync("a", "second"u8.ToArray(), default)).Should().BeFalse();
    }

    [Fact]
    public async Task TornTransfer_IsReadOnWhereItBroke()
    {
        var stored = await WriteAsync("a", isLarge: true);
        service.Break("GetObject", S3Fault.Truncated, times: 3);

        await lake.VerifyAsync(stored, default);

        service.Requests.Where(request => request.Operation == "GetObject").Skip(1).Should().HaveCount(3).And.OnlyContain(request => request.Has("range") && request.Has("if-match"));
    }

    [Fact]
    public async Task TornTransfer_WithoutWaiting_IsReadOnToo()
    {
        await WriteAsync("a", isLarge: false);
        service.Break("GetObject", S3Fault.Truncated);

        await using var stream = (await lake.OpenReadAsync("a", default))!;
        var read = new byte[100_000];
        stream.ReadExactly(read);

        stream.ReadByte().Should().Be(-1);
    }

    [Fact]
    public async Task TransferThatNeverGoesOn_IsAnErrorAndNotTheEnd()
    {
        await lake.PutIfAbsentAsync("a", "x"u8.ToArray(), default);
        service.Break("GetObject", S3Fault.Truncated, times: int.MaxValue);

        await using var stream = (await lake.OpenReadAsync("a", default))!;

        await stream.Awaiting(async Task (it) => await it.ReadExactlyAsync(new byte[1])).Should().ThrowAsync<LakeUnavailableException>();
    }

    [Fact]
    public async Task DamagedTransfer_IsFoundAndWorthARetry()
    {
        var stored = await WriteAsync("a", isLarge: false);
        service.Break("GetObject", S3Fault.Damaged);

        await lake.Awaiting(it => it.VerifyAsync(stored, default)).Should().ThrowAsync<LakeUnavailableException>();
        await lake.VerifyAsync(stored, default);
    }

    [Fact]
    public async Task DamagedTransferOfParts_IsFoundByTheSumItsManifestLists()
    {
        var stored = await WriteAsync("a", isLarge: true);
        service.Break("GetObject", S3Fault.Damaged);

        await lake.Awaiting(it => it.VerifyAsync(stored, default)).Should().ThrowAsync<ObjectDamagedException>();
    }

    [Fact]
    public async Task Part_IsSignedAndSummedSoThatDamageShows()
    {
        await WriteAsync("a", isLarge: true);

        var parts = service.Requests.Where(request => request.Operation == "UploadPart").ToList();

        parts.Should().OnlyContain(request => request.Headers["x-amz-trailer"] == "x-amz-checksum-crc32");
        var framed = (byte[])parts[0].Body.Clone();
        framed[1000] ^= 1;
        AwsChunked.Decode(framed, S3Signature.Check(parts[0], "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY").Chunks).Problem.Should().NotBeNull();
    }

    [Fact]
    public async Task ObjectReplacedWhileItIsRead_IsDamaged()
    {
        await WriteAsync("a", isLarge: false);
        service.Break("GetObject", S3Fault.Truncated);
        await using var stream = (await lake.OpenReadAsync("a", default))!;
        await lake.DeleteAsync("a", default);
        await WriteAsync("a", isLarge: true);

        await stream.Awaiting(it => it.CopyToAsync(Stream.Null)).Should().ThrowAsync<ObjectDamagedException>();
    }

    [Fact]
    public async Task StreamLeftUnread_ClosesQuietly()
    {
        await WriteAsync("a", isLarge: false);

        await using (var stream = (await lake.OpenReadAsync("a", default))!)
        {
            await stream.ReadExactlyAsync(new byte[10]);
        }

        (await lake.LengthAsync("a", default)).Should().Be(100_000);
    }

    [Fact]
    public async Task AbsentToARoleThatListsUnderPrefixes_IsAbsent()
    {
        service.Operations.HidesAbsent = true;
        await lake.PutIfAbsentAsync("runs/x/plan.json.other", "x"u8.ToArray(), default);

        (await lake.OpenReadAsync("runs/x/plan.json", default)).Should().BeNull();
        (await lake.LengthAsync("runs/x/plan.json", default)).Should().BeNull();
    }

    [Fact]
    public async Task RefusedObject_IsNeverAbsent()
    {
        await lake.PutIfAbsentAsync("a", "x"u8.ToArray(), default);
        service.Faults = request => request.Operation is "GetObject" or "HeadObject" ? S3Fault.Denied : S3Fault.None;

        await lake.Awaiting(it => it.OpenReadAsync("a", default)).Should().ThrowAsync<LakeAccessException>();
        await lake.Awaiting(it => it.LengthAsync("a", default)).Should().ThrowAsync<LakeAccessException>();
    }

    [Fact]
    public async Task AbsentToARoleThatMayNotList_IsToldAndNotGuessed()
    {
        service.Faults = _ => S3Fault.Denied;

        (await lake.Awaiting(it => it.OpenReadAsync("a", default)).Should().ThrowAsync<LakeAccessException>()).WithMessage("*s3:ListBucket*");
    }

    [Fact]
    public async Task GivenUpUpload_LeavesNoParts()
    {
        service.Faults = request => request.Operation == "UploadPart" && request.Query["partNumber"] == "2" ? S3Fault.InternalError : S3Fault.None;

        await this.Awaiting(it => it.WriteAsync("a", isLarge: true)).Should().ThrowAsync<LakeUnavailableException>();

        service.Store.Uploads.Should().BeEmpty();
        service.Store.Objects.Should().BeEmpty();
    }

    [Fact]
    public async Task Encryption_IsLeftToTheBucket()
    {
        await WriteAsync("a", isLarge: true);
        await WriteAsync("b", isLarge: false);

        service.Requests.SelectMany(request => request.Headers.Keys).Should().NotContain(name => name.StartsWith("x-amz-server-side-encryption", StringComparison.Ordinal) || name == "x-amz-acl");
    }

    private async Task<LakeObject> WriteAsync(string key, bool isLarge)
    {
        await using var writer = await lake.CreateAsync(key, default);
        await writer.Stream.WriteAsync(new byte[isLarge ? Part + 100_000 : 100_000]);
        return await writer.CommitAsync(default);
    }
}
