using System.Text.Json;
using RetailLake.Core.Contracts;
using RetailLake.Core.Runs;
using RetailLake.Core.Streams;
using RetailLake.Core.Warehouse;
using RetailLake.Tests.Warehouse;

namespace RetailLake.Tests.Streams.Loading;

/// <summary>What can be told of units that wait for rows.</summary>
public sealed class HeldUnitTests
{
    private static readonly TopicPartition Sales = new("db.sale", 0);
    private static readonly TopicPartition Items = new("db.item", 0);
    private static readonly TopicPartition Payments = new("db.payment", 3);

    [Fact]
    public async Task Units_AreCountedAndToldWhateverIsMissing()
    {
        await using var lake = await StreamLake.OpenAsync(StreamSamples.Sale());
        await lake.LandAsync(Sales, Sale(0, 10, "2|n|5.00|2|0"), Sale(1, 10, "3|n|5.00|1|1"), Sale(2, 10, "4|n|5.00|0|0"));
        await lake.LandAsync(Items, Item(0, 11, "1|1|a|2.00"), Item(1, 11, "2|1|a|2.00"), Item(2, 11, "3|1|a|5.00"));
        await lake.LandAsync(Payments, Segments.Record(0, "payment|Upsert|12|0|5|1|c|5.00"));
        await lake.TakeAsync("sale-1");

        var counted = await CountAsync(lake, Bench.Start);

        counted.Should().Be(new HeldUnits(4, 0));
        (await lake.TextAsync("SELECT COUNT(*) FROM ops.held_shop_sale_sale")).Should().Be("2", "a unit without a header lies in its children's tables only");
        (await ToldAsync(lake)).Should().Equal(
            "1 Missing: sale 0/1 (0), item 1/ (1), payment 0/ (0)",
            "2 Held: sale 1/1 (1), item 1/2 (1), payment 0/0 (0)",
            "3 Held: sale 1/1 (1), item 1/1 (1), payment 0/1 (0)",
            "5 Missing: sale 0/1 (0), item 0/ (0), payment 1/ (1)");
        await lake.LandAsync(Sales, Sale(3, 10, "1|n|2.00|1|0"), Sale(4, 10, "5|n|5.00|0|1"));
        await lake.LandAsync(Items, Item(3, 11, "2|2|b|3.00"));
        await lake.LandAsync(Payments, Segments.Record(1, "payment|Upsert|12|0|3|1|c|5.00"));
        await lake.TakeAsync("sale-2");
        (await CountAsync(lake, Bench.Start.AddDays(9))).Should().Be(new HeldUnits(0, 0));
        (await ToldAsync(lake)).Should().BeEmpty();
    }

    [Fact]
    public async Task RowsThatCameAfterAPublishedState_AreToldWithWhatIsPublished()
    {
        await using var lake = await StreamLake.OpenAsync(StreamSamples.Sale());
        await lake.LandAsync(Sales, Sale(0, 10, "1|n|5.00|2|0"), Sale(1, 10, "2|n|5.00|1|0"), Sale(2, 10, "3|n|5.00|2|0"));
        await lake.LandAsync(Items, Item(0, 11, "1|1|a|2.00"), Item(1, 11, "1|2|b|3.00"), Item(2, 11, "2|1|a|5.00"), Item(3, 11, "3|1|a|2.00"), Item(4, 11, "3|2|b|3.00"));
        await lake.TakeAsync("sale-1");
        await lake.LandAsync(Items, Segments.Record(5, "item|Delete|21|0|1|2|~|~"), Item(6, 22, "2|2|x|1.00"), Item(7, 48, "3|1|new|1.00"));
        await lake.LandAsync(Sales, Segments.Record(3, "sale|Delete|47|0|3|~|~|~|~"));
        await lake.TakeAsync("sale-2");

        (await ToldAsync(lake)).Should().Equal(
            "1 Published: sale 1/1 (0), item 1/2 (1), payment 0/0 (0)",
            "2 Published: sale 1/1 (0), item 2/1 (1), payment 0/0 (0)",
            "3 Deleted: sale 0/1 (1), item 1/ (1), payment 0/ (0)");
    }

    [Fact]
    public async Task Overdue_IsJudgedByTheClockAndByTheMark()
    {
        await using var lake = await StreamLake.OpenAsync(StreamSamples.Sale());
        lake.Step = TimeSpan.FromHours(13);
        await lake.LandAsync(Items, Item(0, 11, "1|1|a|2.00"));
        await lake.TakeAsync("sale-1");
        await lake.LandAsync(Items, Item(1, 11, "2|1|a|2.00"));
        await lake.TakeAsync("sale-2");
        var due = Bench.Start.AddHours(13 + 24);

        (await CountAsync(lake, due.AddTicks(-10))).Should().Be(new HeldUnits(2, 0));
        (await CountAsync(lake, due)).Should().Be(new HeldUnits(2, 1), "no load has come to mark it");
        var units = await new HeldQueries(lake.Bench.Warehouse).ListAsync(lake.Contract, due, 20, default);
        units.Select(unit => (unit.Key["no"], unit.Since, unit.OverdueAt, unit.IsOverdue)).Should().Equal(
            ("1", Bench.Start.AddHours(13), due, true), ("2", Bench.Start.AddHours(26), Bench.Start.AddHours(50), false));
        (await new HeldQueries(lake.Bench.Warehouse).ListAsync(lake.Contract, due, 1, default)).Should().ContainSingle().Which.Key["no"].Should().Be("1");
        await lake.LandAsync(Sales, Sale(0, 10, "9|n|5.00|0|0"));
        await lake.TakeAsync("sale-3");
        (await CountAsync(lake, Bench.Start)).Should().Be(new HeldUnits(2, 1), "the load of 39 hours marked it");
    }

    [Fact]
    public async Task Origins_AreOffsetsOfRecordsOrPlacesInTheLog()
    {
        var changes = StreamSamples.Sale();
        var records = changes with { Stream = new(null, StreamFormat.Json) { Version = StreamVersion.Column, VersionColumn = "items" } };
        foreach (var (contract, first, last) in new (Contract, string, string)[] { (changes, "log 7:4711", "log 8:4"), (records, "5", "7") })
        {
            await using var lake = await StreamLake.OpenAsync(contract);
            await lake.LandAsync(Items, Segments.Record(5, $"item|Upsert|{(7L << 32) | 4711}|@|1|1|a|2.00"), Segments.Record(7, $"item|Upsert|{(8L << 32) | 4}|@|1|2|a|2.00"));
            await lake.TakeAsync("sale-1");

            var unit = (await new HeldQueries(lake.Bench.Warehouse).ListAsync(contract, Bench.Start, 20, default)).Should().ContainSingle().Subject;

            var origin = unit.Parts[1].Origins.Should().ContainSingle().Subject;
            (origin.Topic, origin.Partition, origin.Rows, origin.First.Text, origin.Last.Text).Should().Be(("db.item", 0, 2, first, last));
            unit.Parts[0].Origins.Should().BeEmpty();
        }
    }

    [Fact]
    public async Task PersonalColumns_AreNotTold()
    {
        var contract = WithMobileInTheKey();
        await using var lake = await StreamLake.OpenAsync(contract);
        await lake.LandAsync(Sales, Sale(0, 10, "1|9876543210|Ravi Kumar|5.00|1|0"), Sale(1, 10, "1|9876500000|Asha Rao|5.00|1|0"));
        await lake.TakeAsync("sale-1");

        var units = await new HeldQueries(lake.Bench.Warehouse).ListAsync(contract, Bench.Start, 20, default);

        units.Should().HaveCount(2).And.OnlyContain(unit => unit.Key.Count == 1 && unit.Key["no"] == "1");
        var tokens = (await lake.TextAsync("SELECT mobile, note FROM ops.held_shop_sale_sale")).Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries);
        tokens.Should().HaveCount(4).And.OnlyContain(token => token.Length == ColumnType.TokenBytes);
        JsonSerializer.Serialize(units, LakeJson.Options).Should().ContainAll("\"no\":\"1\"", "\"item\"")
            .And.NotContainAny([.. tokens, "98765", "Ravi", "Asha", "mobile"]);
    }

    [Fact]
    public async Task TablesOfAnotherContract_AreNotAsked()
    {
        var contract = StreamSamples.Sale();
        var later = contract with { Tables = [contract.Parent with { Columns = [.. contract.Parent.Columns, Samples.Column("extra", ColumnKind.Int64, "bigint")] }, .. contract.Tables.Skip(1)] };
        await using var nothing = new Bench(contract);
        await using var migrated = await Bench.MigratedAsync(contract, StreamSamples.Points());

        (await new HeldQueries(nothing.Warehouse).FeedsAsync([contract], default)).Should().BeEmpty();
        (await new HeldQueries(migrated.Warehouse).FeedsAsync([contract, StreamSamples.Points()], default)).Should().Equal((contract, true));
        (await new HeldQueries(migrated.Warehouse).FeedsAsync([later], default)).Should().Equal((later, false));
        (await new HeldQueries(migrated.Warehouse).CountAsync(StreamSamples.Points(), Bench.Start, default)).Should().BeNull();
    }

    private static Contract WithMobileInTheKey()
    {
        var sale = StreamSamples.Sale();
        var mobile = Samples.Column("mobile", ColumnKind.Text, "varchar(20)") with { Personal = true };
        return sale with
        {
            Tables = [.. sale.Tables.Select(table => table with
            {
                Key = [table.Key[0], "mobile", .. table.Key.Skip(1)],
                ParentKey = table.ParentKey.Count == 0 ? [] : ["no", "mobile"],
                Columns = [table.Columns[0], mobile, .. table.Columns.Skip(1).Select(column => column.Name == "note" ? column with { Personal = true } : column)],
            })],
        };
    }

    private static StreamRecord Sale(long offset, long version, string fields) => Segments.Record(offset, $"sale|Upsert|{version}|0|{fields}");

    private static StreamRecord Item(long offset, long version, string fields) => Segments.Record(offset, $"item|Upsert|{version}|0|{fields}");

    private static Task<HeldUnits?> CountAsync(StreamLake lake, DateTimeOffset now) => new HeldQueries(lake.Bench.Warehouse).CountAsync(lake.Contract, now, default);

    /// <summary><c>no header: table there/expected (held), …</c></summary>
    private static async Task<IEnumerable<string>> ToldAsync(StreamLake lake) =>
        (await new HeldQueries(lake.Bench.Warehouse).ListAsync(lake.Contract, Bench.Start, 20, default))
            .Select(unit => $"{unit.Key["no"]} {unit.Header}: {string.Join(", ", unit.Parts.Select(part => $"{part.Table} {part.There}/{part.Expected} ({part.Held})"))}");
}
