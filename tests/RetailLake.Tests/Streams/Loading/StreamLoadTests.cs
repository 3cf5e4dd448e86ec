using RetailLake.Core.Errors;
using RetailLake.Core.Streams;
using RetailLake.Core.Warehouse;

namespace RetailLake.Tests.Streams.Loading;

/// <summary>Topics from landed segments to the warehouse.</summary>
public sealed class StreamLoadTests
{
    private static readonly TopicPartition First = new("pos.bill", 0);
    private static readonly TopicPartition Second = new("pos.bill", 1);

    [Fact]
    public async Task Bills_ArePublishedWithTheirChildrenAndANewerOneReplacesThemAsAWhole()
    {
        await using var lake = await StreamLake.OpenAsync(StreamSamples.Bill());
        await lake.LandAsync(First, Bill(0, 1, lines: 2), Bill(1, 2, lines: 1));
        await lake.LandAsync(Second, Bill(0, 3, lines: 1));
        await lake.TakeAsync("bill-1");
        await lake.LandAsync(First, Bill(2, 1, lines: 1), Deletion(3, 2));

        var plan = await lake.TakeAsync("bill-2");

        (await lake.DumpAsync()).Should().Be("bill|1|b2|2.00\nbill|3|b0|0.00\nline|1|0|l2|2.00\nline|3|0|l0|0.00");
        (await lake.TextAsync("SELECT topic, \"partition\", from_offset, first_offset, next_offset, records, gaps, CAST(epoch(last_event_at) AS BIGINT) FROM ops.stream_ledger ORDER BY loaded_at, \"partition\""))
            .Should().Be("pos.bill,0,,0,2,2,0,1795376405; pos.bill,1,,0,1,1,0,1795376405; pos.bill,0,2,2,4,2,0,1795376405");
        (await lake.Bench.BooksAsync(plan, "bill")).Should().Be("2/0/1/0/0/1/0/1");
        (await lake.Bench.BooksAsync(plan, "line")).Should().Be("1/0/1/0/0/0/2/1");
        (await lake.TextAsync("SELECT COUNT(*) FROM pos.bill WHERE _event_at IS NULL")).Should().Be("0");
    }

    [Fact]
    public async Task OlderVersionThatComesLate_ChangesNothing()
    {
        await using var lake = await StreamLake.OpenAsync(StreamSamples.Bill());
        await lake.LandAsync(First, Bill(0, 1, lines: 1, version: 7), Deletion(1, 2, version: 9));
        await lake.TakeAsync("bill-1");
        await lake.LandAsync(First, Bill(2, 1, lines: 3, version: 6), Bill(3, 2, lines: 3, version: 8));

        var plan = await lake.TakeAsync("bill-2");

        (await lake.DumpAsync()).Should().Be("bill|1|b0|0.00\nline|1|0|l0|0.00");
        (await lake.Bench.BooksAsync(plan, "line")).Should().Be("6/0/0/6/0/0/0/0");
    }

    [Fact]
    public async Task MorePartitionsThanOneLoadTakes_HaveTheirTurns()
    {
        await using var lake = await StreamLake.OpenAsync(StreamSamples.Bill());
        for (var load = 0; load < 3; load++)
        {
            for (var partition = 0; partition < StreamPlanner.MaxPartitions + 20; partition++)
            {
                await lake.LandAsync(First with { Partition = partition }, Bill(load, 1_000 + partition));
            }

            (await lake.TakeAsync($"bill-{load}")).Partitions.Should().HaveCount(StreamPlanner.MaxPartitions);
        }

        (await lake.TextAsync("SELECT COUNT(DISTINCT \"partition\") FROM ops.stream_ledger")).Should().Be("120", "busy partitions keep no others out");
    }

    [Fact]
    public async Task PoisonRecord_IsRejectedWithItsOffsetAndTheOthersLoad()
    {
        await using var lake = await StreamLake.OpenAsync(StreamSamples.Bill());
        await lake.LandAsync(First, Bill(0, 1), Segments.Record(1, "!"), Segments.Record(2, "bill|Upsert|@|@|5|n|money"), Segments.Record(3, value: null), Bill(4, 2));

        var plan = await lake.PlanAsync("bill-1");
        var audit = await lake.AuditAsync(plan);

        (audit.LandedRows, audit.RejectedRows).Should().Be((4, 2));
        audit.Partitions.Should().ContainSingle().Which.Should().Match<Core.Runs.AuditedPartition>(part => part.Records == 5 && part.Skipped == 1 && part.Gaps == 0);
        (await RejectsAsync(lake)).Should().HaveCount(2).And.Contain(line => line.Contains("\"partition\":\"pos.bill-0\",\"offset\":1,", StringComparison.Ordinal))
            .And.Contain(line => line.Contains("\"offset\":2,", StringComparison.Ordinal));
        await lake.LoadAsync(plan);
        (await lake.DumpAsync()).Should().Be("bill|1|b0|0.00\nbill|2|b4|4.00");
    }

    [Fact]
    public async Task OverlappingSegments_AreTakenOnce()
    {
        await using var lake = await StreamLake.OpenAsync(StreamSamples.Bill());
        await lake.LandAsync(First, Bill(0, 1), Bill(1, 2), Bill(2, 3));
        await lake.LandAsync(First, Bill(1, 2), Bill(2, 3), Bill(3, 4));
        await lake.LandAsync(First, Bill(2, 3));

        var plan = await lake.TakeAsync("bill-1");
        await lake.LandAsync(First, Bill(2, 3), Bill(3, 4), Bill(4, 5));
        var later = await lake.TakeAsync("bill-2");

        (await lake.Bench.BooksAsync(plan, "bill")).Should().Be("4/4/0/0/0/0/0/4");
        (await lake.Bench.BooksAsync(later, "bill")).Should().Be("1/1/0/0/0/0/0/1");
        (await lake.PlanAsync("bill-3")).Slices.Should().BeEmpty();
    }

    [Fact]
    public async Task TwoPlansOfOnePosition_OneLoads()
    {
        await using var lake = await StreamLake.OpenAsync(StreamSamples.Bill());
        await lake.LandAsync(First, Bill(0, 1));
        var early = await lake.PlanAsync("bill-1");
        await lake.LandAsync(First, Bill(1, 2));
        var late = await lake.PlanAsync("bill-2");
        await lake.LoadAsync(early);

        var load = () => lake.LoadAsync(late);

        (await load.Should().ThrowAsync<LoadFailedException>()).WithMessage("*later load*");
        (await lake.Ledger.DecideAsync(late, default)).Should().Be(LoadOutcome.Superseded);
        (await lake.Ledger.DecideAsync(early, default)).Should().Be(LoadOutcome.Loaded);
        await lake.TakeAsync("bill-3");
        (await lake.DumpAsync()).Should().Be("bill|1|b0|0.00\nbill|2|b1|1.00");
    }

    [Fact]
    public async Task SamePlanLoadedTwice_LoadsOnce()
    {
        await using var lake = await StreamLake.OpenAsync(StreamSamples.Bill());
        await lake.LandAsync(First, Bill(0, 1, lines: 2));
        var plan = await lake.PlanAsync("bill-1");
        await lake.LoadAsync(plan);

        var again = () => lake.LoadAsync(plan);

        await again.Should().ThrowAsync<LoadFailedException>();
        (await lake.TextAsync("SELECT COUNT(*) FROM pos.line")).Should().Be("2");
        (await lake.TextAsync("SELECT COUNT(*) FROM ops.stream_ledger")).Should().Be("1");
    }

    [Fact]
    public async Task Gaps_AreCountedOrRefused()
    {
        var strict = StreamSamples.Bill();
        strict = strict with { Stream = strict.Stream! with { RefusesGaps = true } };
        await using var lake = await StreamLake.OpenAsync(strict);
        await lake.LandAsync(First, Bill(3, 1), Bill(4, 2));
        await lake.TakeAsync("bill-1");
        await lake.LandAsync(First, Bill(6, 1), Bill(9, 2));

        var plan = await lake.PlanAsync("bill-2");
        var audit = () => lake.AuditAsync(plan);

        (await audit.Should().ThrowAsync<StreamGapException>()).WithMessage("Found 3 missing offset(s) in 'pos.bill-0' (3 within 5 to 9)*");
    }

    [Fact]
    public async Task WarehouseOfAnotherLake_IsRefused()
    {
        await using var lake = await StreamLake.OpenAsync(StreamSamples.Bill());
        await lake.LandAsync(First, Bill(0, 1), Bill(1, 2), Bill(2, 3));
        await lake.TakeAsync("bill-1");
        Directory.Delete(lake.Lake.Locate("landing"), recursive: true);
        await lake.LandAsync(First, Bill(0, 1));

        var plan = () => lake.PlanAsync("bill-2");

        await plan.Should().ThrowAsync<StreamPositionLostException>();
    }

    [Fact]
    public async Task SegmentsRemovedBeforeTheyWereLoaded_AreMissed()
    {
        await using var lake = await StreamLake.OpenAsync(StreamSamples.Bill());
        await lake.LandAsync(First, Bill(0, 1), Bill(1, 2));
        await lake.TakeAsync("bill-1");
        Directory.Delete(lake.Lake.Locate("landing"), recursive: true);
        await lake.LandAsync(First, Bill(5, 1));

        var plan = () => lake.PlanAsync("bill-2");

        (await plan.Should().ThrowAsync<StreamPositionLostException>()).WithMessage("*landing begins at 5*");
    }

    [Fact]
    public async Task Truncation_LeavesAFloor()
    {
        await using var lake = await StreamLake.OpenAsync(StreamSamples.Points());
        TopicPartition of = new("db.points", 0);
        await lake.LandAsync(of, Points(0, 1, 10), Points(1, 2, 20), Points(2, 3, 40), Segments.Record(3, "points|Truncate|30|0|~|~|~"));
        var plan = await lake.TakeAsync("points-1");
        (await lake.DumpAsync()).Should().Be("points|3|n40|40.00");
        (await lake.Bench.BooksAsync(plan, "points")).Should().Be("4/1/0/2/0/1/0/1");
        await lake.LandAsync(of, Points(4, 4, 29), Points(5, 5, 31), Segments.Record(6, "points|Truncate|45|0|~|~|~"), Segments.Record(7, "points|Delete|50|0|5|~|~"), Points(8, 5, 49));

        var later = await lake.TakeAsync("points-2");

        (await lake.DumpAsync()).Should().BeEmpty();
        (await lake.Bench.BooksAsync(later, "points")).Should().Be("5/0/0/1/2/2/1/0");
    }

    [Fact]
    public async Task IncompleteSale_IsHeldAndItsLastStateStays()
    {
        await using var lake = await StreamLake.OpenAsync(StreamSamples.Sale());
        TopicPartition sales = new("db.sale", 0), items = new("db.item", 0), payments = new("db.payment", 0);
        await lake.LandAsync(sales, Segments.Record(0, "sale|Upsert|10|0|1|n|5.00|2|1"));
        await lake.LandAsync(items, Segments.Record(0, "item|Upsert|11|0|1|1|a|2.00"));
        await lake.LandAsync(payments, Segments.Record(0, "payment|Upsert|13|0|1|1|c|5.00"));
        var held = await lake.TakeAsync("sale-1");
        (await lake.DumpAsync()).Should().BeEmpty();
        (await lake.TextAsync($"SELECT held FROM ops.load_balance WHERE work_id = '{held.WorkId}' AND measure = 'rows' ORDER BY table_name")).Should().Be("1; 1; 1");
        await lake.LandAsync(items, Segments.Record(1, "item|Upsert|12|0|1|2|b|3.00"));
        await lake.TakeAsync("sale-2");
        const string complete = "item|1|1|a|2.00\nitem|1|2|b|3.00\npayment|1|1|c|5.00\nsale|1|n|5.00|2|1";
        (await lake.DumpAsync()).Should().Be(complete);
        await lake.LandAsync(items, Segments.Record(2, "item|Delete|21|0|1|2|~|~"));
        await lake.TakeAsync("sale-3");
        (await lake.DumpAsync()).Should().Be(complete, "the sale's new head is not there yet");
        await lake.LandAsync(sales, Segments.Record(1, "sale|Upsert|20|0|1|n|2.00|1|1"));

        var plan = await lake.TakeAsync("sale-4");

        (await lake.DumpAsync()).Should().Be("item|1|1|a|2.00\npayment|1|1|c|5.00\nsale|1|n|2.00|1|1");
        (await lake.TextAsync("SELECT (SELECT COUNT(*) FROM ops.held_shop_sale_sale) + (SELECT COUNT(*) FROM ops.held_shop_sale_item) + (SELECT COUNT(*) FROM ops.held_shop_sale_payment)")).Should().Be("0");
        (await lake.TextAsync($"SELECT held, deleted FROM ops.load_balance WHERE work_id = '{plan.WorkId}' AND table_name = 'item' AND measure = 'rows'")).Should().Be("-1,1");
    }

    [Fact]
    public async Task SaleThatStaysIncomplete_IsMarkedAfterItsTimeAndStillPublishedWhenTheRestComes()
    {
        await using var lake = await StreamLake.OpenAsync(StreamSamples.Sale());
        lake.Step = TimeSpan.FromHours(13);
        TopicPartition sales = new("db.sale", 0), items = new("db.item", 0);
        await lake.LandAsync(sales, Segments.Record(0, "sale|Upsert|10|0|1|n|5.00|1|0"));
        await lake.TakeAsync("sale-1");
        await lake.LandAsync(sales, Segments.Record(1, "sale|Upsert|11|0|2|n|5.00|0|0"));
        await lake.TakeAsync("sale-2");
        (await lake.TextAsync("SELECT COUNT(*), COUNT(_expired_at) FROM ops.held_shop_sale_sale")).Should().Be("1,0");
        await lake.LandAsync(sales, Segments.Record(2, "sale|Upsert|12|0|3|n|5.00|0|0"));
        await lake.TakeAsync("sale-3");
        (await lake.TextAsync("SELECT COUNT(*), COUNT(_expired_at) FROM ops.held_shop_sale_sale")).Should().Be("1,1");
        await lake.LandAsync(items, Segments.Record(0, "item|Upsert|11|0|1|1|a|2.00"));

        await lake.TakeAsync("sale-4");

        (await lake.TextAsync("SELECT no FROM shop.sale ORDER BY no")).Should().Be("1; 2; 3");
    }

    [Fact]
    public async Task HeadThatComesAgainAndAgain_WaitsSinceItsFirst()
    {
        await using var lake = await StreamLake.OpenAsync(StreamSamples.Sale());
        lake.Step = TimeSpan.FromHours(13);
        TopicPartition sales = new("db.sale", 0);
        for (var load = 0; load < 3; load++)
        {
            await lake.LandAsync(sales, Segments.Record(load, $"sale|Upsert|1{load}|0|1|n{load}|5.00|1|0"));
            await lake.TakeAsync($"sale-{load}");
        }

        (await lake.TextAsync("SELECT note, COUNT(_expired_at) FROM ops.held_shop_sale_sale GROUP BY note")).Should().Be("n2,1", "the newest head stands, and the unit has waited for more than a day");
    }

    [Fact]
    public async Task DeletedHead_TakesItsUnitWithIt()
    {
        await using var lake = await StreamLake.OpenAsync(StreamSamples.Sale());
        TopicPartition sales = new("db.sale", 0), items = new("db.item", 0);
        await lake.LandAsync(sales, Segments.Record(0, "sale|Upsert|10|0|1|n|5.00|1|0"));
        await lake.LandAsync(items, Segments.Record(0, "item|Upsert|11|0|1|1|a|2.00"));
        await lake.TakeAsync("sale-1");
        await lake.LandAsync(sales, Segments.Record(1, "sale|Delete|20|0|1|~|~|~|~"));

        var plan = await lake.TakeAsync("sale-2");

        (await lake.DumpAsync()).Should().BeEmpty();
        (await lake.Bench.BooksAsync(plan, "item")).Should().Be("0/0/0/0/0/0/1/0");
    }

    [Fact]
    public async Task HeadDeletedAndMadeAnew_OldRowsThatComeLateStayAway()
    {
        await using var lake = await StreamLake.OpenAsync(StreamSamples.Sale());
        TopicPartition sales = new("db.sale", 0), items = new("db.item", 0);
        await lake.LandAsync(items, Segments.Record(0, "item|Delete|46|0|3|0|~|~"), Segments.Record(1, "item|Upsert|48|0|3|1|new|1.00"));
        await lake.TakeAsync("sale-1");
        await lake.LandAsync(sales, Segments.Record(0, "sale|Delete|47|0|3|~|~|~|~"));
        await lake.TakeAsync("sale-2");
        (await lake.TextAsync("SELECT _version, _change FROM ops.held_shop_sale_sale")).Should().Be("47,1", "a newer row waits for another head");
        await lake.LandAsync(items, Segments.Record(2, "item|Upsert|24|0|3|0|old|1.00"), Segments.Record(3, "item|Upsert|25|0|3|2|old|1.00"));
        await lake.LandAsync(sales, Segments.Record(1, "sale|Upsert|52|0|3|n|1.00|1|0"), Segments.Record(2, "sale|Upsert|26|0|3|n|1.00|2|0"));

        await lake.TakeAsync("sale-3");

        (await lake.DumpAsync()).Should().Be("item|3|1|new|1.00\nsale|3|n|1.00|1|0");
        (await lake.TextAsync("SELECT COUNT(*) FROM ops.held_shop_sale_item")).Should().Be("0");
    }

    /// <summary>A cascade writes no event of the rows below.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task HeadDeletedAndMadeAnew_PublishedRowsOfTheOldOneGo(int loads)
    {
        await using var lake = await StreamLake.OpenAsync(StreamSamples.Sale());
        TopicPartition sales = new("db.sale", 0), items = new("db.item", 0);
        await lake.LandAsync(sales, Segments.Record(0, "sale|Upsert|10|0|1|n|5.00|3|0"));
        await lake.LandAsync(items, Item(0, 11, 0), Item(1, 12, 1), Item(2, 13, 2));
        await lake.TakeAsync("sale-0");
        await lake.LandAsync(sales, Segments.Record(1, "sale|Delete|20|0|1|~|~|~|~"));
        if (loads > 1)
        {
            await lake.TakeAsync("sale-1");
        }

        await lake.LandAsync(sales, Segments.Record(2, "sale|Upsert|21|0|1|m|4.00|2|0"));
        await lake.LandAsync(items, Item(3, 22, 0), Item(4, 23, 1));

        await lake.TakeAsync("sale-2");

        (await lake.DumpAsync()).Should().Be("item|1|0|i22|1.00\nitem|1|1|i23|1.00\nsale|1|m|4.00|2|0");
        (await lake.TextAsync("SELECT COUNT(*) FROM ops.load_balance WHERE staged <> inserted + replaced + superseded + duplicate + held + deleted")).Should().Be("0");
    }

    [Fact]
    public async Task RowsOfADeletedHead_DoNotMakeTheNewOneComplete()
    {
        await using var lake = await StreamLake.OpenAsync(StreamSamples.Sale());
        TopicPartition sales = new("db.sale", 0), items = new("db.item", 0);
        await lake.LandAsync(sales, Segments.Record(0, "sale|Upsert|10|0|1|n|5.00|1|0"));
        await lake.LandAsync(items, Item(0, 11, 2));
        await lake.TakeAsync("sale-1");
        await lake.LandAsync(sales, Segments.Record(1, "sale|Delete|20|0|1|~|~|~|~"), Segments.Record(2, "sale|Upsert|21|0|1|m|4.00|2|0"));
        await lake.LandAsync(items, Item(1, 22, 0));
        await lake.TakeAsync("sale-2");
        (await lake.DumpAsync()).Should().Be("item|1|2|i11|1.00\nsale|1|n|5.00|1|0", "its last complete state stays");
        (await new HeldQueries(lake.Bench.Warehouse).ListAsync(StreamSamples.Sale(), DateTimeOffset.UnixEpoch, 9, default)).Single().Parts[1].There.Should().Be(1, "not that of the old one");
        await lake.LandAsync(items, Item(2, 23, 7));

        await lake.TakeAsync("sale-3");

        (await lake.DumpAsync()).Should().Be("item|1|0|i22|1.00\nitem|1|7|i23|1.00\nsale|1|m|4.00|2|0");
    }

    [Fact]
    public async Task DeletionThatMeetsAWaitingHead_IsRemembered()
    {
        await using var lake = await StreamLake.OpenAsync(StreamSamples.Sale());
        TopicPartition sales = new("db.sale", 0), items = new("db.item", 0);
        await lake.LandAsync(sales, Segments.Record(0, "sale|Upsert|10|0|1|n|5.00|2|0"));
        await lake.LandAsync(items, Item(0, 11, 0));
        await lake.TakeAsync("sale-1");
        await lake.LandAsync(sales, Segments.Record(1, "sale|Delete|20|0|1|~|~|~|~"));
        await lake.TakeAsync("sale-2");
        await lake.LandAsync(items, Item(1, 12, 1));

        var plan = await lake.TakeAsync("sale-3");

        (await lake.Bench.BooksAsync(plan, "item")).Should().Be("1/0/0/1/0/0/0/0", "it came late: superseded");
        (await lake.TextAsync("SELECT COUNT(*) FROM ops.held_shop_sale_item")).Should().Be("0");
    }

    [Fact]
    public async Task RowsBelowATruncation_DoNotCount()
    {
        await using var lake = await StreamLake.OpenAsync(StreamSamples.Sale());
        TopicPartition sales = new("db.sale", 0), items = new("db.item", 0);
        await lake.LandAsync(sales, Segments.Record(0, "sale|Upsert|10|0|1|n|5.00|1|0"));
        await lake.LandAsync(items, Item(0, 11, 0));
        await lake.TakeAsync("sale-1");
        await lake.LandAsync(items, Segments.Record(1, "item|Truncate|30|0|~|~|~|~"));
        await lake.LandAsync(sales, Segments.Record(1, "sale|Upsert|31|0|1|m|5.00|1|0"));
        await lake.TakeAsync("sale-2");
        (await lake.TextAsync("SELECT note FROM shop.sale")).Should().Be("n", "its new row is not there yet");
        await lake.LandAsync(items, Item(2, 32, 0));

        await lake.TakeAsync("sale-3");

        (await lake.DumpAsync()).Should().Be("item|1|0|i32|1.00\nsale|1|m|5.00|1|0");
    }

    private static StreamRecord Item(long offset, long version, int item) => Segments.Record(offset, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"item|Upsert|{version}|0|1|{item}|i{version}|1.00"));

    private static StreamRecord Bill(long offset, int no, int lines = 0, long? version = null)
    {
        var at = version?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "@";
        return Segments.Record(offset, string.Join('\n', Enumerable.Range(0, lines).Select(line => $"line|Upsert|{at}|@|{no}|{line}|l{offset}|{offset}.00").Prepend($"bill|Upsert|{at}|@|{no}|b{offset}|{offset}.00")));
    }

    private static StreamRecord Deletion(long offset, int no, long? version = null) =>
        Segments.Record(offset, $"bill|Delete|{version?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "@"}|@|{no}|~|~");

    private static StreamRecord Points(long offset, int no, long version) => Segments.Record(offset, $"points|Upsert|{version}|0|{no}|n{version}|{version}.00");

    private static async Task<List<string>> RejectsAsync(StreamLake lake)
    {
        List<string> lines = [];
        await foreach (var key in lake.Lake.ListAsync("quarantine/", default).Where(key => key.EndsWith(".ndjson.gz", StringComparison.Ordinal)))
        {
            await using var stored = await lake.Lake.OpenReadAsync(key, default);
            using var text = new StreamReader(new System.IO.Compression.GZipStream(stored!, System.IO.Compression.CompressionMode.Decompress));
            lines.AddRange((await text.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }

        return lines;
    }
}
