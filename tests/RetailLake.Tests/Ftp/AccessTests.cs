using RetailLake.Core.Errors;
using RetailLake.Local.Servers;
using RetailLake.Sources.Ftp;

namespace RetailLake.Tests.Ftp;

/// <summary>A server that refuses us, or that is not the one we know, is told apart from one that is out of reach.</summary>
public sealed class AccessTests(RealServers servers)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WrongPassword_IsRefusedWithoutNamingIt(bool tls)
    {
        var server = await servers.FtpAsync(tls);

        var error = await ErrorAsync<SourceAccessException>(server.Location, PullFeeds.SecretOf(server, password: "sesame-9"));

        error.Message.Should().Contain("password").And.Contain("secret").And.NotContain("sesame-9");
    }

    [Fact]
    public async Task OtherCertificate_IsRefusedBeforeThePasswordIsSent()
    {
        var server = await servers.FtpAsync(tls: true);

        var error = await ErrorAsync<SourceAccessException>(server.Location, PullFeeds.SecretOf(server, certificate: new('A', 64)));

        error.Found.Should().Contain(server.CertificateSha256).And.Contain(new string('A', 64));
    }

    [Fact]
    public async Task CertificateOfNobodyWeKnow_IsRefused()
    {
        var server = await servers.FtpAsync(tls: true);

        var error = await ErrorAsync<SourceAccessException>(server.Location, new { username = server.UserName, password = server.Password });

        error.Found.Should().Contain(server.CertificateSha256).And.Contain("known authority");
    }

    [Fact]
    public async Task CertificateOfTheSecretsAuthority_IsBelievedForItsNameOnly()
    {
        var server = await servers.FtpAsync(tls: true);
        var secret = new { username = server.UserName, password = server.Password, caFile = server.CertificateFile };

        await using (await new DropServers(PullFeeds.Secrets(secret)).OpenAsync(PullFeeds.Of(server.Location), default))
        {
        }

        var error = await ErrorAsync<SourceAccessException>(server.Location.Replace("localhost", "127.0.0.1", StringComparison.Ordinal), secret);
        error.Found.Should().Contain("NameMismatch");
    }

    [Fact]
    public async Task ServerWithoutTls_IsRefusedWhenTheLocationDemandsIt()
    {
        var server = await servers.FtpAsync();

        var error = await ErrorAsync<SourceAccessException>(server.Location.Replace("ftp://", "ftps://", StringComparison.Ordinal), PullFeeds.SecretOf(server));

        error.Found.Should().Contain("TLS");
    }

    [Fact]
    public async Task ServerThatDemandsTls_RefusesAPlainLogin()
    {
        var server = await servers.FtpAsync(tls: true);

        await ErrorAsync<SourceAccessException>(server.Location.Replace("ftps://", "ftp://", StringComparison.Ordinal), PullFeeds.SecretOf(server));
    }

    [Theory]
    [InlineData("ftp")]
    [InlineData("sftp")]
    public async Task MissingFolder_IsRefused(string kind)
    {
        var folder = await servers.FolderAsync(kind);
        var feed = PullFeeds.Of(folder.Location + "/not-there");

        var list = async () =>
        {
            await using var server = await folder.Servers.OpenAsync(feed, default);
            await foreach (var entry in server.ListAsync(default))
            {
                entry.Should().BeNull();
            }
        };

        (await list.Should().ThrowAsync<SourceAccessException>()).Which.Found.Should().Contain("folder");
    }

    [Fact]
    public async Task UnknownHostKey_IsRefused()
    {
        var server = await servers.SftpAsync();

        var error = await ErrorAsync<SourceAccessException>($"sftp://{SftpServer.Host}:{server.Port}/", PullFeeds.SecretOf(server, hostKey: "SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));

        error.Found.Should().Contain(server.HostKeyFingerprint);
    }

    [Fact]
    public async Task UnknownUser_IsRefused()
    {
        var server = await servers.SftpAsync();

        await ErrorAsync<SourceAccessException>(
            $"sftp://{SftpServer.Host}:{server.Port}/", new { username = "nobody-here", privateKeyFile = server.ClientKeyPath, hostKeySha256 = server.HostKeyFingerprint });
    }

    [Theory]
    [InlineData("ftp://127.0.0.1:1/")]
    [InlineData("ftps://127.0.0.1:1/")]
    [InlineData("sftp://127.0.0.1:1/")]
    public async Task NobodyListens_IsUnavailable(string location) =>
        await ErrorAsync<SourceUnavailableException>(location, new { username = "u", password = "p", hostKeySha256 = "x" });

    [Theory]
    [InlineData("""{"password":"p"}""", "username")]
    [InlineData("""{"username":"u"}""", "hostKeySha256")]
    [InlineData("""{"username":"u","hostKeySha256":"x","privateKey":"no key"}""", "key")]
    [InlineData("""["u","p"]""", "JSON")]
    public async Task IncompleteSecret_SaysWhatIsMissing(string secret, string missing)
    {
        var error = await ErrorAsync<SecretMissingException>("sftp://127.0.0.1:1/", System.Text.Json.JsonElement.Parse(secret));

        error.Found.Should().Contain(missing);
    }

    [Theory]
    [InlineData("ftp://user:pw@host/")]
    [InlineData("ftp:///folder")]
    [InlineData("ftps://host/folder#part")]
    public async Task LocationWithMoreThanAPlace_IsRefused(string location) => await ErrorAsync<ContractInvalidException>(location, new { username = "u", password = "p" });

    private static async Task<T> ErrorAsync<T>(string location, object secret)
        where T : Exception
    {
        var open = () => new DropServers(PullFeeds.Secrets(secret)).OpenAsync(PullFeeds.Of(location), default);
        return (await open.Should().ThrowExactlyAsync<T>()).Which;
    }
}
