using System.Text;
using Renci.SshNet.Common;
using Renci.SshNet;
using RetailLake.Local.Servers;
using RetailLake.Tests.Local;

namespace RetailLake.Tests.Servers;

public sealed class SftpServerTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private SftpServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await SftpServer.StartAsync(new SftpOptions
    {
        Folder = Path.Combine(_folder.Path, "drops"),
        StateDir = Path.Combine(_folder.Path, "state"),
    });

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public void Client_ListsReadsAndRenamesInTheFolder()
    {
        File.WriteAllText(Path.Combine(_server.Folder, "grn_20261121.txt.part"), "गेहूँ");
        using var client = Connect();

        client.RenameFile("grn_20261121.txt.part", "grn_20261121.txt");

        client.ListDirectory(".").Select(file => file.Name).Should().Contain("grn_20261121.txt");
        client.ReadAllText("grn_20261121.txt", Encoding.UTF8).Should().Be("गेहूँ");
        File.Exists(Path.Combine(_server.Folder, "grn_20261121.txt")).Should().BeTrue();
    }

    [Fact]
    public void Client_WritesWhatTheOwnerOfTheFolderReads()
    {
        using var client = Connect();

        client.WriteAllText("out.txt", "exported");

        File.ReadAllText(Path.Combine(_server.Folder, "out.txt")).Should().Be("exported");
    }

    [Fact]
    public void HostKey_HasTheToldFingerprint()
    {
        using var client = new SftpClient(Connection());
        var seen = "";
        client.HostKeyReceived += (_, key) => seen = "SHA256:" + key.FingerPrintSHA256;

        client.Connect();

        seen.Should().Be(_server.HostKeyFingerprint);
    }

    [Fact]
    public void Password_IsRefused()
    {
        using var client = new SftpClient(SftpServer.Host, _server.Port, _server.UserName, "guess");

        var connect = client.Connect;

        connect.Should().Throw<SshAuthenticationException>();
    }

    private SftpClient Connect()
    {
        var client = new SftpClient(Connection());
        client.Connect();
        return client;
    }

    private ConnectionInfo Connection() => new(SftpServer.Host, _server.Port, _server.UserName,
        new PrivateKeyAuthenticationMethod(_server.UserName, new PrivateKeyFile(_server.ClientKeyPath)));
}
