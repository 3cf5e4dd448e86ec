using RetailLake.Core.Contracts;
using RetailLake.Core.Runs;
using RetailLake.Core.Sources;
using RetailLake.Sources.MySql;

namespace RetailLake.Tests.MySql;

/// <summary>Bills with lines: whole units, whichever table was touched.</summary>
[Collection(OneServer.Name)]
public sealed class UnitTests(MySqlSourceFixture fixture)
{
    private const string Old = "2024-01-01";
    private static readonly CoveredWindow Before = new(null, DateTimeOffset.Parse("2025-01-01T00:00:00Z"));

    private static readonly ContractTable Bill = Feeds.Table("bill", "store bill_no", ["store int", "bill_no varchar(10)", "total decimal(10,2)", "at timestamp"], cursor: "at", totals: "total");
    private static readonly ContractTable Line = Feeds.Table("line", "line_id", ["line_id int", "store int", "bill_no varchar(10)", "amount decimal(10,2)", "at timestamp"], cursor: "at", parentKey: "store bill_no", totals: "amount");
    private static readonly ContractTable Tender = Feeds.Table("tender", "store bill_no seq", ["store int", "bill_no varchar(10)", "seq int"], parentKey: "store bill_no");

    [Fact]
    public async Task ChildTouchedAlone_BringsItsWholeUnit()
    {
        await using var database = await BillsAsync();
        await database.SqlAsync("UPDATE line SET amount = 99, at = '2025-06-01' WHERE line_id = 41");

        var run = await database.RunAsync(Feeds.Of(ExtractMode.Window, Bill, Line, Tender).In(database), Before);

        run.Rows.Where(row => row.Table == "bill").Select(row => row.Fields[1]).Should().Equal("B4");
        run.Firsts("line").Should().BeEquivalentTo("40", "41", "42");
        run.Rows.Where(row => row.Table == "tender").Select(row => row.Fields[1]).Should().Equal("B4");
        run.Manifests.Single().Source.Should().BeEquivalentTo(run.Manifests.Single().Landed);
        run.Manifests.Single().Tables.Select(table => table.Table).Should().Equal("bill", "line", "tender");
    }

    [Fact]
    public async Task ParentTouchedAlone_BringsItsChildren()
    {
        await using var database = await BillsAsync();
        await database.SqlAsync("UPDATE bill SET at = '2025-06-01' WHERE bill_no IN ('B3', 'B7'); UPDATE line SET at = '2025-06-01' WHERE line_id = 70");

        var run = await database.RunAsync(Feeds.Of(ExtractMode.Window, Bill, Line, Tender).In(database), Before);

        run.Rows.Where(row => row.Table == "bill").Select(row => row.Fields[1]).Should().Equal("B3", "B7");
        run.Firsts("line").Should().BeEquivalentTo("30", "31", "32", "70", "71", "72");
    }

    [Fact]
    public async Task NullAndZeroCursors_AreReadInEveryWindow()
    {
        await using var database = await BillsAsync();
        await database.SqlAsync("UPDATE bill SET at = NULL WHERE bill_no = 'B1'; UPDATE bill SET at = '0000-00-00' WHERE bill_no = 'B2'; UPDATE line SET at = NULL WHERE line_id = 51");

        var run = await database.RunAsync(Feeds.Of(ExtractMode.Window, Bill, Line, Tender).In(database), Before);

        run.Rows.Where(row => row.Table == "bill").Select(row => row.Fields[1]).Should().Equal("B1", "B2", "B5");
    }

    [Fact]
    public async Task Tables_AreOrderedByTheParentsKey()
    {
        await using var database = await BillsAsync();

        var snapshot = await database.RunAsync(Feeds.Of(ExtractMode.Snapshot, Bill, Line, Tender).In(database));
        var window = await database.RunAsync(Feeds.Of(ExtractMode.Window, Bill, Line, Tender).In(database));

        foreach (var run in new[] { snapshot, window })
        {
            run.Rows.Where(row => row.Table == "bill").Select(row => row.Fields[1]).Should().BeInAscendingOrder(StringComparer.Ordinal).And.HaveCount(10);
            run.Rows.Where(row => row.Table == "line").Select(row => row.Fields[2]).Should().BeInAscendingOrder(StringComparer.Ordinal).And.HaveCount(30);
        }
    }

    [Fact]
    public async Task SlicesOfUnits_HoldEachUnitOnce()
    {
        await using var database = await BillsAsync();
        await database.SqlAsync("UPDATE bill SET store = 100 + SUBSTR(bill_no, 2); UPDATE line SET store = 100 + SUBSTR(bill_no, 2); UPDATE tender SET store = 100 + SUBSTR(bill_no, 2)");

        var window = await database.RunAsync(Feeds.Of(ExtractMode.Window, Bill, Line, Tender).In(database).Sliced(3));
        var snapshot = await database.RunAsync(Feeds.Of(ExtractMode.Snapshot, Bill, Line, Tender).In(database).Sliced(3));

        foreach (var run in new[] { window, snapshot })
        {
            run.Plan.Slices.Should().HaveCount(4);
            run.Firsts("line").Should().OnlyHaveUniqueItems().And.HaveCount(30);
            run.Rows.GroupBy(row => row.Fields[row.Table == "line" ? 2 : 1]).Should().OnlyContain(unit => unit.Select(row => row.Slice.Number).Distinct().Count() == 1);
        }
    }

    [Fact]
    public async Task Sweep_AddsOneLastSliceWithAllKeys_AlsoWhenNothingChanged()
    {
        await using var database = await BillsAsync();
        var contract = Feeds.Of(ExtractMode.Window, Bill, Line, Tender).In(database).Sweeping();

        var first = await database.RunAsync(contract);
        await database.SqlAsync("DELETE FROM bill WHERE bill_no = 'B9'");
        var second = await database.RunAsync(contract, first.Covered);

        first.Plan.Slices.Select(slice => (slice.Number, slice.Kind)).Should().Equal((1, SliceKind.Rows), (2, SliceKind.Keys));
        second.Plan.Slices.Should().Equal(new PlanSlice(1, SliceKind.Keys, null, null, 9));
        second.Rows.Select(row => row.Fields[1]).Should().NotContain("B9").And.HaveCount(9);
        second.Manifests.Single().Tables.Single().Format.Should().Be("mysql-keys");
        second.Manifests.Single().Tables.Single().ListedObject.Key.Should().EndWith("/bill.keys.tsv.zst");
    }

    [Fact]
    public async Task WindowOfUnits_IsFoundThroughIndexes()
    {
        await using var database = await BillsAsync();
        await database.SqlAsync($"INSERT INTO bill SELECT 2, CONCAT('C', seq), 30, '{Old}' FROM seq_1_to_20000; INSERT INTO line SELECT 1000 + seq, 2, CONCAT('C', seq), 10, '{Old}' FROM seq_1_to_20000; ANALYZE TABLE bill, line");
        var contract = Feeds.Of(ExtractMode.Window, Bill, Line).In(database);
        await using var session = await new SourceConnector(database).OpenAsync(contract, default);
        var schema = await SchemaCheck.RunAsync(session, contract, default);
        var selection = new Selection(schema, new WorkWindow(Before.Hi, Before.Hi.AddHours(1), "test"), "1", "3");

        foreach (var table in schema.Tables)
        {
            var read = TableRead.OfRows(table, selection);
            var plan = await session.QueryAsync(read.Rows().Wrap("EXPLAIN "), row => (Table: row["table"].ToString(), Type: row["type"].ToString(), Key: row["key"].ToString()), default);

            plan.Where(step => step.Table == "t").Should().HaveCount(3).And.OnlyContain(step => step.Type == "range" || step.Type == "ref" || step.Type == "eq_ref");
        }
    }

    private async Task<SourceDatabase> BillsAsync()
    {
        var database = await fixture.DatabaseAsync();
        await database.SqlAsync($"""
            CREATE TABLE bill (store int, bill_no varchar(10), total decimal(10,2), at timestamp NULL, PRIMARY KEY (store, bill_no), KEY (at));
            CREATE TABLE line (line_id int PRIMARY KEY, store int, bill_no varchar(10), amount decimal(10,2), at timestamp NULL, KEY (store, bill_no), KEY (at));
            CREATE TABLE tender (store int, bill_no varchar(10), seq int, PRIMARY KEY (store, bill_no, seq));
            INSERT INTO bill SELECT 1, CONCAT('B', seq), 30, '{Old}' FROM seq_0_to_9;
            INSERT INTO line SELECT 99 - seq, 1, CONCAT('B', (99 - seq) DIV 10), 10, '{Old}' FROM seq_0_to_99 WHERE (99 - seq) % 10 < 3;
            INSERT INTO tender SELECT 1, CONCAT('B', seq), 1 FROM seq_0_to_9;
            """);
        return database;
    }
}
