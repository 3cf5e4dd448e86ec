using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Export;
using RetailLake.Sources.Delivery;
using RetailLake.Tests.Warehouse;

namespace RetailLake.Tests.Export;

public sealed class FolderDeliveryTests
{
    [Theory]
    [InlineData(ManthanDelivery.Rename, 2)]
    [InlineData(ManthanDelivery.Direct, 2)]
    [InlineData(ManthanDelivery.DirectWithMarker, 3)]
    public async Task EachMode_LeavesTheStoredBytesAndNothingElse(ManthanDelivery mode, int files)
    {
        await using var exports = await ExportBench.LoadedAsync();
        var manifest = await exports.BuildAsync();
        var folder = Path.Combine(exports.Bench.Home, "out");

        await exports.Delivery.DeliverAsync(manifest, mode, new FolderReceiver(folder), "order-1", Bench.None);
        await exports.Delivery.DeliverAsync(manifest, mode, new FolderReceiver(folder), "asha", Bench.None);

        Directory.GetFiles(folder).Should().HaveCount(files);
        (await File.ReadAllBytesAsync(Path.Combine(folder, manifest.Data.Name), Bench.None)).Should().Equal(await File.ReadAllBytesAsync(exports.Lake.Locate(manifest.Data.Object.Key), Bench.None));
        (await exports.Bench.TextAsync("SELECT state, delivered_by, deliveries, target LIKE 'file://%' FROM ops.export_ledger")).Should().Be("delivered,asha,2,True");
    }

    [Fact]
    public async Task OtherContentUnderTheName_IsRefusedAndStays()
    {
        await using var exports = await ExportBench.LoadedAsync();
        var manifest = await exports.BuildAsync();
        var folder = Directory.CreateDirectory(Path.Combine(exports.Bench.Home, "out")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, manifest.Data.Name), "theirs", Bench.None);

        var deliver = () => exports.Delivery.DeliverAsync(manifest, ManthanDelivery.Direct, new FolderReceiver(folder), "order-1", Bench.None);

        (await deliver.Should().ThrowAsync<DeliveryRefusedException>()).Which.Found.Should().Contain("other content");
        (await File.ReadAllTextAsync(Path.Combine(folder, manifest.Data.Name), Bench.None)).Should().Be("theirs");
    }

    [Fact]
    public async Task DirectUploadThatBrokeOff_IsSentAgain()
    {
        await using var exports = await ExportBench.LoadedAsync();
        var manifest = await exports.BuildAsync();
        var folder = Directory.CreateDirectory(Path.Combine(exports.Bench.Home, "out")).FullName;
        var whole = await File.ReadAllBytesAsync(exports.Lake.Locate(manifest.Data.Object.Key), Bench.None);
        await File.WriteAllBytesAsync(Path.Combine(folder, manifest.Data.Name), whole[..20], Bench.None);

        await exports.Delivery.DeliverAsync(manifest, ManthanDelivery.Direct, new FolderReceiver(folder), "order-1", Bench.None);

        (await File.ReadAllBytesAsync(Path.Combine(folder, manifest.Data.Name), Bench.None)).Should().Equal(whole);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task BreaksAtAnyWrite_NoPartUnderTheFinalNameAndTheRetryCompletes(int call)
    {
        await using var exports = await ExportBench.LoadedAsync();
        var manifest = await exports.BuildAsync();
        var folder = Path.Combine(exports.Bench.Home, "out");

        var broken = () => exports.Delivery.DeliverAsync(manifest, ManthanDelivery.Rename, new BreakingReceiver(new FolderReceiver(folder), call), "order-1", Bench.None);
        await broken.Should().ThrowAsync<DeliveryUnavailableException>();
        (await exports.Bench.TextAsync("SELECT state FROM ops.export_ledger")).Should().Be("built");
        foreach (var file in Directory.GetFiles(folder, "*.gz").Concat(Directory.GetFiles(folder, "*.ctl")))
        {
            new FileInfo(file).Length.Should().Be(file.EndsWith(".ctl", StringComparison.Ordinal) ? manifest.Control.Object.Bytes : manifest.Data.Object.Bytes);
        }

        await exports.Delivery.DeliverAsync(manifest, ManthanDelivery.Rename, new FolderReceiver(folder), "order-1", Bench.None);

        Directory.GetFiles(folder).Select(Path.GetFileName).Should().BeEquivalentTo(manifest.Data.Name, manifest.Control.Name);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public async Task RenameWhoseAnswerIsLost_IsSeenToHaveHappened(int call)
    {
        await using var exports = await ExportBench.LoadedAsync();
        var manifest = await exports.BuildAsync();
        var folder = Path.Combine(exports.Bench.Home, "out");

        await exports.Delivery.DeliverAsync(manifest, ManthanDelivery.Rename, new BreakingReceiver(new FolderReceiver(folder), call), "order-1", Bench.None);

        Directory.GetFiles(folder).Select(Path.GetFileName).Should().BeEquivalentTo(manifest.Data.Name, manifest.Control.Name);
    }

    [Fact]
    public async Task AnotherSenderWasFirst_NothingHalfWrittenIsLeft()
    {
        await using var exports = await ExportBench.LoadedAsync();
        var manifest = await exports.BuildAsync();
        var folder = Directory.CreateDirectory(Path.Combine(exports.Bench.Home, "out")).FullName;
        var receiver = new BreakingReceiver(new FolderReceiver(folder), breaksAt: 0)
        {
            BeforeRename = to => File.Copy(exports.Lake.Locate((to == manifest.Data.Name ? manifest.Data : manifest.Control).Object.Key), Path.Combine(folder, to)),
        };

        await exports.Delivery.DeliverAsync(manifest, ManthanDelivery.Rename, receiver, "order-1", Bench.None);
        Directory.GetFiles(folder).Select(Path.GetFileName).Should().BeEquivalentTo(manifest.Data.Name, manifest.Control.Name);

        await File.WriteAllTextAsync(Path.Combine(folder, manifest.Data.Name + ".part"), "left by one that was killed", Bench.None);
        await exports.Delivery.DeliverAsync(manifest, ManthanDelivery.Rename, new FolderReceiver(folder), "order-1", Bench.None);
        Directory.GetFiles(folder).Select(Path.GetFileName).Should().BeEquivalentTo(manifest.Data.Name, manifest.Control.Name);
    }

    /// <summary>Writes half and breaks at the n-th write or rename; a rename may have happened all the same.</summary>
    private sealed class BreakingReceiver(FolderReceiver inner, int breaksAt) : IExportReceiver
    {
        private int calls;

        public Action<string>? BeforeRename { get; init; }

        public string Target => inner.Target;

        public Task<long?> LengthAsync(string name, CancellationToken cancellationToken) => inner.LengthAsync(name, cancellationToken);

        public Task<Stream> OpenReadAsync(string name, CancellationToken cancellationToken) => inner.OpenReadAsync(name, cancellationToken);

        public async Task WriteAsync(string name, Stream content, CancellationToken cancellationToken)
        {
            if (++calls == breaksAt)
            {
                var half = new byte[30];
                await content.ReadExactlyAsync(half, cancellationToken);
                await inner.WriteAsync(name, new MemoryStream(half), cancellationToken);
                throw Broken();
            }

            await inner.WriteAsync(name, content, cancellationToken);
        }

        public async Task RenameAsync(string from, string to, CancellationToken cancellationToken)
        {
            BeforeRename?.Invoke(to);
            await inner.RenameAsync(from, to, cancellationToken);
            if (++calls == breaksAt)
            {
                throw Broken();
            }
        }

        public Task DeleteAsync(string name, CancellationToken cancellationToken) => inner.DeleteAsync(name, cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();

        private static DeliveryUnavailableException Broken() => new("Found the line cut.", "Nothing.", "Again.");
    }
}
