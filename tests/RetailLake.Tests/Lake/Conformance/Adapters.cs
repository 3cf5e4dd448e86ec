using RetailLake.Tests.Aws.S3;

namespace RetailLake.Tests.Lake.Conformance;

// One class per suite and adapter; docs/parity.md has the table of both.

public sealed class FileSystemLakeConformanceTests : LakeConformance
{
    protected override ValueTask<ILakeSite> OpenAsync() => new(new FileSystemSite());
}

public sealed class S3LakeConformanceTests : LakeConformance
{
    protected override ValueTask<ILakeSite> OpenAsync() => new(new S3DoubleSite(new S3Double()));
}

[Collection(MotoCollection.Name)]
public sealed class MotoLakeConformanceTests(MotoServer moto) : LakeConformance
{
    protected override ValueTask<ILakeSite> OpenAsync() => moto.OpenAsync();
}

public sealed class FileSystemUploadsConformanceTests : UploadsConformance
{
    protected override ValueTask<ILakeSite> OpenAsync() => new(new FileSystemSite());
}

public sealed class S3UploadsConformanceTests : UploadsConformance
{
    protected override ValueTask<ILakeSite> OpenAsync() => new(new S3DoubleSite(new S3Double()));
}

[Collection(MotoCollection.Name)]
public sealed class MotoUploadsConformanceTests(MotoServer moto) : UploadsConformance
{
    protected override ValueTask<ILakeSite> OpenAsync() => moto.OpenAsync();
}
