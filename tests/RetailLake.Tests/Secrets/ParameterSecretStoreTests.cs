using Microsoft.Extensions.Time.Testing;
using RetailLake.Aws.Secrets;
using RetailLake.Core.Errors;
using RetailLake.Core.Secrets;
using RetailLake.Tests.Aws;

namespace RetailLake.Tests.Secrets;

public sealed class ParameterSecretStoreTests : IAsyncLifetime
{
    private const string Parameter = "/aws/reference/secretsmanager/retail/sources/oms";

    private readonly ParameterEndpoint endpoint = new();
    private readonly FakeTimeProvider time = new();
    private readonly ParameterSecretStore store;

    public ParameterSecretStoreTests()
    {
        endpoint.Values[Parameter] = "old-value";
        store = new(endpoint.Client(), "secretsmanager://retail", time);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => endpoint.DisposeAsync();

    [Fact]
    public async Task Secret_IsKeptForMinutesAndThenReadAnew()
    {
        (await store.GetAsync("sources/oms", default)).Should().Be("old-value");
        endpoint.Values[Parameter] = "new-value";
        (await store.GetAsync("sources/oms", default)).Should().Be("old-value");
        endpoint.Asked.Should().Be(1);

        time.Advance(TimeSpan.FromMinutes(5));

        (await store.GetAsync("sources/oms", default)).Should().Be("new-value");
    }

    [Fact]
    public async Task RotatedSecret_IsReadAnewWhenItWasRefused()
    {
        await store.GetAsync("sources/oms", default);
        endpoint.Values[Parameter] = "new-value";

        var used = await store.UseAsync<string, SourceAccessException>(
            "sources/oms", secret => secret == "new-value" ? Task.FromResult(secret) : throw new SourceAccessException("Refused.", "", ""), default);

        used.Should().Be("new-value");
        endpoint.Asked.Should().Be(2);
    }

    [Fact]
    public async Task RefusedSecretThatDidNotChange_IsNotUsedTwice()
    {
        var uses = 0;

        await store.Awaiting(it => it.UseAsync<string, SourceAccessException>(
            "sources/oms",
            _ =>
            {
                uses++;
                throw new SourceAccessException("Refused.", "", "");
            },
            default)).Should().ThrowAsync<SourceAccessException>();

        (uses, endpoint.Asked).Should().Be((1, 2));
    }

    [Fact]
    public async Task Absent_IsToldWithItsName() =>
        (await store.Awaiting(it => it.GetAsync("sources/none", default)).Should().ThrowAsync<SecretMissingException>()).WithMessage("*'retail/sources/none'*");

    [Theory]
    [InlineData("CHANGE_ME")]
    [InlineData("""{"user":"lake","password":"<password>"}""")]
    public async Task Placeholder_IsRefusedWithoutShowingIt(string value)
    {
        endpoint.Values[Parameter] = value;

        (await store.Awaiting(it => it.GetAsync("sources/oms", default)).Should().ThrowAsync<SecretMissingException>()).Which.ToString().Should().NotContain(value);
    }

    [Fact]
    public async Task DeniedSecret_SaysWhatToGrant()
    {
        endpoint.Fault = (400, "AccessDeniedException");

        (await store.Awaiting(it => it.GetAsync("sources/oms", default)).Should().ThrowAsync<SecretMissingException>()).WithMessage("*secretsmanager:GetSecretValue*");
    }

    [Theory]
    [InlineData(400, "ThrottlingException")]
    [InlineData(500, "InternalServerError")]
    public async Task NoAnswer_IsWorthARetryAndNothingIsKept(int status, string type)
    {
        endpoint.Fault = (status, type);
        await store.Awaiting(it => it.GetAsync("sources/oms", default)).Should().ThrowAsync<LakeUnavailableException>();
        endpoint.Fault = null;

        (await store.GetAsync("sources/oms", default)).Should().Be("old-value");
    }

    [Theory]
    [InlineData("secretsmanager:/retail")]
    [InlineData("secretsmanager://pass word")]
    public void OtherUri_IsRefusedWithoutShowingIt(string uri) =>
        FluentActions.Invoking(() => new ParameterSecretStore(endpoint.Client(), uri, time)).Should().Throw<ArgumentException>().Which.Message.Should().NotContain("pass word");
}
