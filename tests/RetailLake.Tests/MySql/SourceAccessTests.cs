using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;

namespace RetailLake.Tests.MySql;

[Collection(OneServer.Name)]
public sealed class SourceAccessTests(MySqlSourceFixture fixture)
{
    private static readonly ContractTable Table = Feeds.Table("k", "id", ["id int"]);

    [Fact]
    public async Task WrongPassword_IsRefusedAfterOneMoreReadOfTheSecret()
    {
        await using var database = await fixture.DatabaseAsync();
        database.Password = "hunter2-wrong";

        var plan = async () => await database.PlanAsync(Feeds.Of(ExtractMode.Snapshot, Table).In(database));

        var said = (await plan.Should().ThrowAsync<SourceAccessException>()).Which;
        said.Message.Should().Contain("Access denied");
        said.ToString().Should().NotContain("hunter2");
        database.SecretReads.Should().Be(2);
    }

    [Fact]
    public async Task PasswordRotatedMeanwhile_IsFetchedAgain()
    {
        await using var database = await fixture.DatabaseAsync();
        await database.SqlAsync("CREATE TABLE k (id int primary key)");
        database.OldPasswords.Enqueue("yesterday's");

        var plan = await database.PlanAsync(Feeds.Of(ExtractMode.Snapshot, Table).In(database));

        plan.Slices.Should().HaveCount(1);
    }

    [Fact]
    public async Task ServerThatIsNotThere_IsWorthARetry()
    {
        await using var database = await fixture.DatabaseAsync();
        database.Port = 1;

        var plan = async () => await database.PlanAsync(Feeds.Of(ExtractMode.Snapshot, Table).In(database));

        await plan.Should().ThrowAsync<SourceUnavailableException>();
    }

    [Fact]
    public async Task TlsDemandedOfAServerWithout_IsRefused()
    {
        await using var database = await fixture.DatabaseAsync();
        var source = new Sources.MySql.MySqlSource(new Fixed($$"""{"username":"{{database.User}}","password":"{{database.Password}}","host":"127.0.0.1","port":{{database.ServerPort}},"sslMode":"VerifyFull"}"""));

        var plan = async () => await source.PlanAsync(Feeds.Of(ExtractMode.Snapshot, Table).In(database), new([], TimeProvider.System.GetUtcNow()), default);

        (await plan.Should().ThrowAsync<SourceAccessException>()).Which.Message.Should().Contain("TLS");
    }

    [Theory]
    [InlineData("""{"username":"u"}""", "no 'password'")]
    [InlineData("""{"password":"p-secret"}""", "no 'username'")]
    [InlineData("p-secret", "no JSON object")]
    [InlineData("""{"username":"u","password":"p-secret","host":"h","port":"x1"}""", "'port'")]
    [InlineData("""{"username":"u","password":"p-secret","host":"h","sslMode":"sometimes"}""", "'sslMode'")]
    public async Task UnusableSecret_IsNamedWithoutItsValue(string secret, string expected)
    {
        var source = new Sources.MySql.MySqlSource(new Fixed(secret));
        var contract = Feeds.Of(ExtractMode.Snapshot, Table) with { Server = new SourceServer("mysql", "h", null, "d", "sources/x") };

        var plan = async () => await source.PlanAsync(contract, new([], TimeProvider.System.GetUtcNow()), default);

        var said = (await plan.Should().ThrowAsync<SecretMissingException>()).Which;
        said.Message.Should().Contain(expected).And.Contain("'sources/x'");
        said.ToString().Should().NotContain("p-secret");
    }

    private sealed class Fixed(string value) : Core.Secrets.ISecretStore
    {
        public Task<string> GetAsync(string name, CancellationToken cancellationToken) => Task.FromResult(value);
    }
}
