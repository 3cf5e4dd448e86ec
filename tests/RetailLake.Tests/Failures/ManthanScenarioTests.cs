using RetailLake.Tests.Servers;

namespace RetailLake.Tests.Failures;

/// <summary>The outbound feed from MariaDB to what the receiver holds, in every mode, over a receiver that goes away.</summary>
public sealed class ManthanScenarioTests(MariaDbFixture fixture)
{
    private static readonly string[] Modes = ["rename", "direct", "direct+marker"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ThreeLoads_AreReceivedInSequenceAsTheControlFilesState(bool isSftp)
    {
        await using var lake = await ExportLake.CreateAsync(fixture, isSftp);
        foreach (var (index, mode) in Modes.Index())
        {
            await lake.OpenAsync(mode, index);
            await lake.Lake.SqlAsync($"INSERT INTO sale VALUES ({1001 + index}, 'नया', 'Asha', {index}, 0.01, '2026-11-22')");
            await lake.Lake.SqlAsync($"DELETE FROM sale WHERE id = {index + 1}");

            var outcome = await lake.IngestAsync();

            outcome.Status.Should().Be("SUCCEEDED", outcome.Cause);
            outcome.Load!.Exported.Should().NotBeNull();
        }

        var received = ReceivedExport.In(lake.Inbox);
        received.Select(export => export.Sequence).Should().Equal(1, 2, 3);
        foreach (var export in received)
        {
            export.MustBeAsStated("quantity", "amount");
            export.Header.Should().Equal("id", "title", "holder", "quantity", "amount", "sold_on");
            export.Rows.Should().OnlyContain(row => row.Length == 6 && row[2].Length == 22, "holders are tokens and no field holds the delimiter");
            export.Stated["contract"].Should().Be("shop.sale");
        }

        received[0].Rows.Should().HaveCount(500);
        received[0].Stated["total_quantity"].Should().Be((await lake.Lake.ScalarAsync("SELECT SUM(seq MOD 7) - 1 + 0 FROM seq_1_to_500"))!.ToString());
        received[1].Stated["deleted_rows"].Should().Be("1");
        Directory.GetFiles(lake.Inbox).Should().NotContain(file => file.EndsWith(".part", StringComparison.Ordinal));
        Directory.GetFiles(lake.Inbox, "*.complete").Select(Path.GetFileName).Should().Equal(Path.GetFileName(received[2].DataPath) + ".complete");
        (await lake.Lake.QueryAsync("SELECT sequence, state, deliveries FROM ops.export_ledger ORDER BY sequence")).Should().Equal("1|delivered|1", "2|delivered|1", "3|delivered|1");
    }

    [Theory]
    [InlineData(false, "rename")]
    [InlineData(true, "rename")]
    [InlineData(true, "direct")]
    public async Task ReceiverAway_FailsByNameAndRedriveSendsTheStoredBytes(bool isSftp, string mode)
    {
        await using var lake = await ExportLake.CreateAsync(fixture, isSftp);
        await lake.OpenAsync(mode);
        await lake.DownAsync();

        var failed = await lake.IngestAsync();

        (failed.Status, failed.Error, failed.FailedState).Should().Be(("FAILED", "DeliveryUnavailableException", "DeliverManthanFeed"), failed.Cause);
        FailureText.MustBeFit(failed.Cause, lake.Lake, "Asha");
        var stored = lake.Stored();
        (await lake.Lake.QueryAsync("SELECT sequence, state, deliveries FROM ops.export_ledger")).Should().Equal("1|built|0");
        await lake.Lake.SqlAsync("UPDATE sale SET amount = amount + 1");

        await lake.BackAsync();
        var data = stored.Single(file => file.Key.EndsWith(".dat.gz", StringComparison.Ordinal));
        await File.WriteAllBytesAsync(Path.Combine(lake.Inbox, data.Key + (mode == "rename" ? ".part" : "")), data.Value[..(data.Value.Length / 2)]);
        var redriven = await lake.Lake.RedriveAsync(failed);

        redriven.Status.Should().Be("SUCCEEDED", redriven.Cause);
        lake.Stored().Should().BeEquivalentTo(stored);
        Directory.GetFiles(lake.Inbox).Select(Path.GetFileName).Should().BeEquivalentTo(stored.Keys);
        foreach (var (name, bytes) in stored)
        {
            (await File.ReadAllBytesAsync(Path.Combine(lake.Inbox, name))).Should().Equal(bytes, name);
        }

        ReceivedExport.In(lake.Inbox).Single().MustBeAsStated("quantity", "amount");
    }

    [Fact]
    public async Task PredecessorUndelivered_WaitsItsTurn()
    {
        await using var lake = await ExportLake.CreateAsync(fixture, isSftp: false);
        await lake.OpenAsync("rename");
        await lake.DownAsync();
        var first = await lake.IngestAsync();
        await lake.BackAsync();

        var second = await lake.IngestAsync();

        (second.Status, second.Error).Should().Be(("FAILED", "DeliveryOutOfOrderException"), second.Cause);
        FailureText.MustBeFit(second.Cause, lake.Lake);
        second.Cause.Should().Contain($"Redrive '{first.Execution}' first");
        ReceivedExport.In(lake.Inbox).Should().BeEmpty();

        (await lake.Lake.RedriveAsync(first)).Status.Should().Be("SUCCEEDED");
        (await lake.Lake.RedriveAsync(second)).Status.Should().Be("SUCCEEDED");
        ReceivedExport.In(lake.Inbox).Select(export => export.Sequence).Should().Equal(1, 2);
    }
}
