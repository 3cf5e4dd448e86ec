using System.Text.Json;
using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Export;
using RetailLake.Core.Secrets;
using RetailLake.Local.Servers;
using RetailLake.Sources.Delivery;
using RetailLake.Tests.Warehouse;

namespace RetailLake.Tests.Export;

/// <summary>Against a real OpenSSH server.</summary>
public sealed class SftpDeliveryTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("delivery-").FullName;
    private SftpServer server = null!;

    public async ValueTask InitializeAsync() => server = await SftpServer.StartAsync(new() { Folder = Path.Combine(folder, "in"), StateDir = Path.Combine(folder, "state") });

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(ManthanDelivery.Rename, 2)]
    [InlineData(ManthanDelivery.Direct, 2)]
    [InlineData(ManthanDelivery.DirectWithMarker, 3)]
    public async Task EachMode_LeavesTheStoredBytesAndSendingAgainChangesNothing(ManthanDelivery mode, int files)
    {
        await using var exports = await ExportBench.LoadedAsync();
        var manifest = await exports.BuildAsync();

        await DeliverAsync(exports, manifest, mode);
        await DeliverAsync(exports, manifest, mode);

        Directory.GetFiles(server.Folder).Should().HaveCount(files);
        (await File.ReadAllBytesAsync(Path.Combine(server.Folder, manifest.Data.Name), Bench.None)).Should().Equal(await File.ReadAllBytesAsync(exports.Lake.Locate(manifest.Data.Object.Key), Bench.None));
        (await exports.Bench.TextAsync("SELECT state, deliveries, target FROM ops.export_ledger")).Should().Be($"delivered,2,sftp://127.0.0.1:{server.Port}/");
    }

    [Fact]
    public async Task OtherContentUnderTheName_IsRefused()
    {
        await using var exports = await ExportBench.LoadedAsync();
        var manifest = await exports.BuildAsync();
        await File.WriteAllTextAsync(Path.Combine(server.Folder, manifest.Data.Name), "theirs", Bench.None);

        var deliver = () => DeliverAsync(exports, manifest, ManthanDelivery.Rename);

        await deliver.Should().ThrowAsync<DeliveryRefusedException>();
    }

    [Fact]
    public async Task UnknownHostKey_IsRefusedBeforeAnythingIsSent()
    {
        var open = () => Receivers(Secret() with { HostKeySha256 = "SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" }).OpenAsync("secret:targets/manthan", Bench.None);

        (await open.Should().ThrowAsync<DeliveryRefusedException>()).Which.Found.Should().Contain(server.HostKeyFingerprint);
    }

    [Fact]
    public async Task WrongUser_IsRefused()
    {
        var open = () => Receivers(Secret() with { Username = "nobody-here" }).OpenAsync("secret:targets/manthan", Bench.None);

        await open.Should().ThrowAsync<DeliveryRefusedException>();
    }

    [Fact]
    public async Task MissingFolder_IsRefused()
    {
        await using var exports = await ExportBench.LoadedAsync();
        var manifest = await exports.BuildAsync();

        var deliver = () => DeliverAsync(exports, manifest, ManthanDelivery.Rename, Secret() with { Target = $"sftp://127.0.0.1:{server.Port}/~/not-there" });

        await deliver.Should().ThrowAsync<DeliveryRefusedException>();
    }

    [Fact]
    public async Task ServerGone_IsUnavailable()
    {
        await using var exports = await ExportBench.LoadedAsync();
        var manifest = await exports.BuildAsync();
        await server.KillAsync();

        var open = () => DeliverAsync(exports, manifest, ManthanDelivery.Rename);

        await open.Should().ThrowAsync<DeliveryUnavailableException>();
    }

    [Fact]
    public async Task TargetInTheContract_TakesKeyAndHostKeyFromTheDefaultSecret()
    {
        await using var exports = await ExportBench.LoadedAsync();
        var manifest = await exports.BuildAsync();
        await using var receiver = await Receivers(Secret()).OpenAsync($"sftp://127.0.0.1:{server.Port}/", Bench.None);

        await exports.Delivery.DeliverAsync(manifest, ManthanDelivery.Rename, receiver, "order-1", Bench.None);

        File.Exists(Path.Combine(server.Folder, manifest.Control.Name)).Should().BeTrue();
    }

    private async Task DeliverAsync(ExportBench exports, ExportManifest manifest, ManthanDelivery mode, TargetSecret? secret = null)
    {
        await using var receiver = await Receivers(secret ?? Secret()).OpenAsync("secret:targets/manthan", Bench.None);
        await exports.Delivery.DeliverAsync(manifest, mode, receiver, "order-1", Bench.None);
    }

    private TargetSecret Secret() => new($"sftp://127.0.0.1:{server.Port}/", server.UserName, server.ClientKeyPath, server.HostKeyFingerprint);

    private static ExportReceivers Receivers(TargetSecret secret) => new(new OneSecret(secret));

    private sealed record TargetSecret(string Target, string Username, string PrivateKeyFile, string HostKeySha256);

    private sealed class OneSecret(TargetSecret secret) : ISecretStore
    {
        public Task<string> GetAsync(string name, CancellationToken cancellationToken) =>
            Task.FromResult(JsonSerializer.Serialize(secret, JsonSerializerOptions.Web));
    }
}
