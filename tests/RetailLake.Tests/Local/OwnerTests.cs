using RetailLake.Local.Home;
using RetailLake.Local.Owner;

namespace RetailLake.Tests.Local;

public sealed class OwnerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private LakeHome Home => new(folder.Path);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void SecondOwner_IsRefusedUntilTheFirstIsGone()
    {
        using (HomeLock.TryTake(Home))
        {
            HomeLock.TryTake(Home).Should().BeNull();
        }

        using var second = HomeLock.TryTake(Home);
        second.Should().NotBeNull();
    }

    [Fact]
    public async Task Command_RunsInTheOwner_WithItsOutputAndExitCode()
    {
        CommandRequest? seen = null;
        await using var server = await OwnerServer.StartAsync(Home, async (request, output, error, cancellationToken) =>
        {
            seen = request;
            await output.WriteLineAsync("rows");
            await error.WriteLineAsync("note");
            return 3;
        });
        using var output = new StringWriter();
        using var error = new StringWriter();

        var exit = await OwnerClient.TryRunAsync(Home, new(["ledger", "--json"], "/here", 120), output, error, CancellationToken.None);

        exit.Should().Be(3);
        (output.ToString(), error.ToString()).Should().Be(("rows\n", "note\n"));
        seen.Should().BeEquivalentTo(new CommandRequest(["ledger", "--json"], "/here", 120));
    }

    [Theory]
    [InlineData("wrong", null, null)]
    [InlineData(null, "evil.example", null)]
    [InlineData(null, null, "http://evil.example")]
    public async Task RequestOfAnybodyElse_IsForbidden(string? token, string? host, string? origin)
    {
        await using var server = await OwnerServer.StartAsync(Home, (_, _, _, _) => Task.FromResult(0));
        var owner = OwnerFile.Read(Home)!;
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{owner.Port}/run") { Content = new StringContent("{}") };
        request.Headers.Add(OwnerServer.TokenHeader, token ?? owner.Token);
        request.Headers.Host = host;
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using var response = await http.SendAsync(request);

        response.StatusCode.Should().Be(System.Net.HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task StaleOwnerFile_IsNobody()
    {
        new OwnerFile(1, 1, "token").Write(Home.Create());

        var exit = await OwnerClient.TryRunAsync(Home, new([], "/", 0), TextWriter.Null, TextWriter.Null, CancellationToken.None);

        exit.Should().BeNull();
        using var taken = HomeLock.TryTake(Home);
        taken.Should().NotBeNull();
    }

    [Fact]
    public async Task OwnerFile_IsReadableByItsUserOnly()
    {
        await using var server = await OwnerServer.StartAsync(Home.Create(), (_, _, _, _) => Task.FromResult(0));

        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(folder.Path, "owner.json")).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public void Secrets_AreCreatedOnceWithARandomTokenKey()
    {
        var home = Home.Create();
        SecretsFile.Ensure(home);
        var first = File.ReadAllText(home.Secrets);
        SecretsFile.Ensure(home);

        File.ReadAllText(home.Secrets).Should().Be(first).And.Contain(SecretsFile.TokenKey);
    }
}
