using Amazon.S3;
using Amazon.SimpleSystemsManagement;
using Microsoft.Extensions.DependencyInjection;
using RetailLake.Aws.S3;
using RetailLake.Aws.Secrets;
using RetailLake.Core;
using RetailLake.Core.Drops.Intake;
using RetailLake.Core.Lake;
using RetailLake.Core.Secrets;
using RetailLake.Functions;
using RetailLake.Tests.Aws.S3;

namespace RetailLake.Tests.Aws;

public sealed class CloudPortsTests
{
    [Fact]
    public async Task UrisOfTheCloud_OpenItsAdapters()
    {
        await using var s3 = new S3Double();
        await using var parameters = new ParameterEndpoint();
        var services = new ServiceCollection();
        new Startup().ConfigureServices(services);
        services.AddSingleton(new LakeSettings { LakeUri = $"s3://{S3Double.Bucket}/lake/", SecretsUri = "secretsmanager://retail", WarehouseUri = "none://", CatalogUri = "none://" });
        services.AddSingleton<IAmazonS3>(s3.Client());
        services.AddSingleton<IAmazonSimpleSystemsManagement>(parameters.Client());
        await using var provider = services.BuildServiceProvider();

        provider.GetRequiredService<IUploads>().Should().BeOfType<S3Uploads>();
        provider.GetRequiredService<ISecretStore>().Should().BeOfType<ParameterSecretStore>();
        var lake = provider.GetRequiredService<ILake>();
        lake.Should().BeOfType<S3Lake>().Which.Uri.Should().Be($"s3://{S3Double.Bucket}/lake");
        (await lake.PutIfAbsentAsync("a/b", "x"u8.ToArray(), default)).Should().BeTrue();
        s3.Store.Objects.Keys.Should().Equal("lake/a/b");
    }

    [Theory]
    [InlineData("s3:bucket")]
    [InlineData("s3://")]
    [InlineData("s3://bucket/a b")]
    [InlineData("s3://user:pass@bucket")]
    [InlineData("s3://bucket?versionId=1")]
    public void OtherUri_IsNoBucket(string uri) => FluentActions.Invoking(() => S3Address.Parse(uri)).Should().Throw<ArgumentException>();
}
