using RetailLake.Core.Errors;
using RetailLake.Core.Runs;
using RetailLake.Tests.Warehouse;

namespace RetailLake.Tests.Export;

public sealed class ManthanFeedTests
{
    [Fact]
    public async Task Build_WritesRowsByKeyAndAControlFile()
    {
        await using var exports = await ExportBench.LoadedAsync(change: spec => spec with { Header = true });

        var manifest = await exports.BuildAsync();

        // Planned at 21 November 26:00 UTC; in India that is the 22nd.
        manifest.Data.Name.Should().Be("MANTHAN_SALES_D_20261122_000001.dat.gz");
        (await exports.TextAsync(manifest.Data)).Should().Be("order_id|line_id|item|quantity|net\n1|11|Soap   100 g|1.500|60.00\n1|12|b|2.000|40.00\n");
        (await exports.TextAsync(manifest.Control)).Should().Be(
            $"file={manifest.Data.Name}\nrows=2\nbytes={manifest.Data.Object.Bytes}\nsha256={manifest.Data.Object.Sha256}\nbusiness_date_min=\nbusiness_date_max=\n" +
            "total_quantity=3.500\ntotal_net=100.00\nreplaced_characters=1\nsequence=1\ncontract=oms.order\ncontract_version=1.0.0\nexecution=order-1\n");
        (await exports.Bench.TextAsync("SELECT state, row_count, \"file\" FROM ops.export_ledger")).Should().Be($"built,2,{manifest.Data.Name}");
    }

    [Fact]
    public async Task BuiltAgain_IsTheStoredExport()
    {
        await using var exports = await ExportBench.LoadedAsync();
        var first = await exports.BuildAsync("a");

        var again = await exports.BuildAsync("b");

        again.Should().BeEquivalentTo(first);
    }

    [Fact]
    public async Task BuiltAgainAfterACrashBeforeTheManifest_HasEqualBytes()
    {
        await using var exports = await ExportBench.LoadedAsync();
        var first = await exports.BuildAsync("a");
        await exports.Lake.DeleteAsync(RunKeys.Of(exports.Plan).Export, Bench.None);

        var again = await exports.BuildAsync("b");

        again.Data.Object.Sha256.Should().Be(first.Data.Object.Sha256);
        again.Control.Object.Sha256.Should().Be(first.Control.Object.Sha256);
        again.Data.Object.Key.Should().NotBe(first.Data.Object.Key);
    }

    [Fact]
    public async Task Gzip_CarriesNoTime()
    {
        await using var exports = await ExportBench.LoadedAsync();
        var manifest = await exports.BuildAsync();

        (await File.ReadAllBytesAsync(exports.Lake.Locate(manifest.Data.Object.Key), Bench.None))[4..8].Should().Equal(0, 0, 0, 0);
    }

    [Fact]
    public async Task RemovedLine_GoesIntoTheDeletionFile()
    {
        await using var exports = await ExportBench.LoadedAsync();
        await exports.LoadAsync(Bench.Plan(exports.Contract, 2, 20, 30), "(11, 1, 'x', 1, 100)");

        var manifest = await exports.BuildAsync();

        manifest.Sequence.Should().Be(2);
        (await exports.TextAsync(manifest.Data)).Should().Be("1|11|x|1.000|100.00\n");
        (await exports.TextAsync(manifest.Deletions!)).Should().Be("1|12|b|2.000|40.00\n");
        (await exports.TextAsync(manifest.Control)).Should().Contain("deleted_file=MANTHAN_SALES_D_20261122_000002_DEL.dat.gz\ndeleted_rows=1\n");
    }

    [Fact]
    public async Task AnotherExecutionLoadedTheWork_ItsExportIsTheOne()
    {
        await using var exports = await ExportBench.LoadedAsync();
        await exports.Lake.WriteOnceAsync(RunKeys.Of(exports.Plan).Plan, exports.Plan, Bench.None);
        var late = exports.Plan with { Execution = "order-1-again", PlannedAt = exports.Plan.PlannedAt.AddDays(3) };

        var other = await exports.BuildAsync("b", late);
        var mine = await exports.BuildAsync("a");

        other.Should().BeEquivalentTo(mine);
        mine.Execution.Should().Be("order-1");
    }

    [Fact]
    public async Task OutboxLacksARow_BooksDoNotBalance()
    {
        await using var exports = await ExportBench.LoadedAsync();
        await exports.Bench.Warehouse.ExecuteAsync(["DELETE FROM ops.export_outbox_oms_order_line WHERE line_id = 11"], Bench.None);

        var build = () => exports.BuildAsync();

        (await build.Should().ThrowAsync<BooksDoNotBalanceException>()).Which.Found.Should().Contain("published = exported of order_line.rows");
    }

    [Fact]
    public async Task EmptyLoad_IsAnEmptyFileWithItsOwnSequence()
    {
        await using var exports = await ExportBench.LoadedAsync(lines: "");

        var manifest = await exports.BuildAsync();

        (await exports.TextAsync(manifest.Data)).Should().BeEmpty();
        (await exports.TextAsync(manifest.Control)).Should().Contain("rows=0\n").And.Contain("total_net=0.00\n");
    }

    [Fact]
    public async Task BusinessDateOfAParentTable_IsStated()
    {
        await using var exports = await ExportBench.LoadedAsync(change: spec => spec with { Table = "order", Columns = ["order_id", "business_date", "updated_at", "is_deleted"], Totals = ["amount"], BusinessDate = "updated_at" });

        var manifest = await exports.BuildAsync();

        (await exports.TextAsync(manifest.Data)).Should().Be("1|2026-11-21|2026-11-21T05:00:00.000000Z|false\n");
        (await exports.TextAsync(manifest.Control)).Should().Contain("business_date_min=2026-11-21\nbusiness_date_max=2026-11-21\ntotal_amount=100.00\n");
    }
}
