using RetailLake.Core.Errors;
using RetailLake.Core.Secrets;

namespace RetailLake.Tests.Secrets;

public sealed class SecretStoreTests : IDisposable
{
    private readonly string path = Path.Combine(Directory.CreateTempSubdirectory("lake-secrets-").FullName, "secrets.json");

    private ISecretStore File(string json)
    {
        System.IO.File.WriteAllText(path, json);
        return SecretStores.Open(new Uri(path).AbsoluteUri);
    }

    [Fact]
    public async Task File_GivesTextAndObjects()
    {
        var store = File("""{"pii/token-key":"k1","sources/oms":{"username":"u","password":"p"}}""");

        (await store.GetAsync("pii/token-key", default)).Should().Be("k1");
        (await store.GetAsync("sources/oms", default)).Should().Be("""{"username":"u","password":"p"}""");
    }

    [Fact]
    public async Task File_IsReadAnewEachTime()
    {
        var store = File("""{"a":"old-value"}""");
        await store.GetAsync("a", default);
        File("""{"a":"new-value"}""");

        (await store.GetAsync("a", default)).Should().Be("new-value");
    }

    [Theory]
    [InlineData("""{"a":"CHANGE_ME"}""")]
    [InlineData("""{"a":"change-me"}""")]
    [InlineData("""{"a":""}""")]
    [InlineData("""{"a":"<password>"}""")]
    [InlineData("""{"a":{"username":"u","password":"CHANGE_ME"}}""")]
    [InlineData("""{"b":"x"}""")]
    [InlineData("""{"a": leaked-value""")]
    [InlineData("[]")]
    public async Task MissingOrPlaceholder_IsRefusedByName(string json)
    {
        var get = async () => await File(json).GetAsync("a", default);

        var said = (await get.Should().ThrowAsync<SecretMissingException>()).Which;
        said.ToString().Should().NotContain("leaked").And.NotContain("username");
    }

    [Fact]
    public async Task NoFile_SaysWhere()
    {
        var get = async () => await SecretStores.Open("file:///nowhere/secrets.json").GetAsync("a", default);

        (await get.Should().ThrowAsync<SecretMissingException>()).Which.Message.Should().Contain("/nowhere/secrets.json");
    }

    [Fact]
    public async Task Environment_FindsVariablesByName()
    {
        var variables = new Dictionary<string, string> { ["LAKE_SECRET_PII_TOKEN_KEY"] = "k1", ["LAKE_SECRET_B"] = "{\"password\":\"CHANGE_ME\"}" };
        var store = SecretStores.Open("env://", variables.GetValueOrDefault);

        (await store.GetAsync("pii/token-key", default)).Should().Be("k1");
        await store.Awaiting(one => one.GetAsync("b", default)).Should().ThrowAsync<SecretMissingException>();
        (await store.Awaiting(one => one.GetAsync("sources/oms", default)).Should().ThrowAsync<SecretMissingException>()).Which.Message.Should().Contain("LAKE_SECRET_SOURCES_OMS");
    }

    [Theory]
    [InlineData("secretsmanager://")]
    [InlineData("file://host/secrets.json")]
    [InlineData("hunter2")]
    [InlineData("env://hunter2")]
    public void UnknownScheme_IsRefusedWithARemedyAndWithoutItsText(string uri)
    {
        var open = () => SecretStores.Open(uri);

        open.Should().Throw<NotSupportedByLakeException>().Which.Message.Should().Contain("env://").And.NotContain("hunter2");
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
}
