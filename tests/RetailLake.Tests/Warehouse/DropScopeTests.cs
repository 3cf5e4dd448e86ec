using System.Globalization;
using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;

namespace RetailLake.Tests.Warehouse;

/// <summary>Drops that are the whole truth about their file, or about the days they hold.</summary>
public sealed class DropScopeTests
{
    private const string Bills = "SELECT no, amount, _version FROM crt.bill ORDER BY 1";
    private const string Lines = "SELECT no, line, _version FROM crt.line ORDER BY 1, 2";
    private static readonly Contract ByFile = DropSamples.Bill(DropScope.File);
    private static readonly Contract ByDay = DropSamples.Bill(DropScope.Columns);

    [Fact]
    public async Task NewVersionOfAFile_SweepsWhatItLacks()
    {
        await using var lake = await DropLake.OpenAsync(ByFile);
        await lake.TakeAsync("bill-1", new("a.txt", 1, [.. Bill(1, 2), .. Bill(2, 2)]), new("b.txt", 1, Bill(3, 1)));

        var plan = await lake.TakeAsync("bill-2", new TestDrop("a.txt", 2, Bill(1, 1)));

        (await lake.TextAsync(Bills)).Should().Be("1,1.00,2; 3,3.00,1");
        (await lake.TextAsync(Lines)).Should().Be("1,1,2; 3,1,1");
        (await lake.Bench.BooksAsync(plan, "bill")).Should().Be("1/0/1/0/0/0/1/1");
        (await lake.Bench.BooksAsync(plan, "line", "net")).Should().Be("1/0/1/0/0/0/5/1");
        (await lake.TextAsync("SELECT _op, no, line FROM ops.export_outbox_crt_line WHERE _sequence = 2 ORDER BY ALL")).Should().Be("D,1,2; D,2,1; D,2,2; U,1,1");
    }

    [Fact]
    public async Task FileWithoutRows_EmptiesItself()
    {
        await using var lake = await DropLake.OpenAsync(ByFile);
        await lake.TakeAsync("bill-1", new("a.txt", 1, Bill(1, 2)), new("b.txt", 1, Bill(3, 1)));

        await lake.TakeAsync("bill-2", new TestDrop("a.txt", 2));

        (await lake.TextAsync(Bills)).Should().Be("3,3.00,1");
        (await lake.TextAsync(Lines)).Should().Be("3,1,1");
    }

    [Fact]
    public async Task OlderVersionThatComesLate_ChangesNothingAndIsCalledSuperseded()
    {
        await using var lake = await DropLake.OpenAsync(ByFile);
        await lake.TakeAsync("bill-1", new TestDrop("a.txt", 2, Bill(1, 1)));

        var plan = await lake.TakeAsync("bill-2", new TestDrop("a.txt", 1, [.. Bill(1, 2), .. Bill(2, 2)]));

        (await lake.TextAsync(Bills)).Should().Be("1,1.00,2");
        (await lake.TextAsync(Lines)).Should().Be("1,1,2");
        (await lake.OutcomesAsync()).Should().Be("a.txt,1,superseded; a.txt,2,loaded");
        (await lake.Bench.BooksAsync(plan, "line")).Should().Be("4/0/0/4/0/0/0/0");
    }

    [Fact]
    public async Task SeveralVersionsInOneLoad_OnlyTheLatestIsPublished()
    {
        await using var lake = await DropLake.OpenAsync(ByFile);

        var plan = await lake.TakeAsync("bill-1", new("a.txt", 2, Bill(1, 1)), new("a.txt", 1, [.. Bill(1, 2), .. Bill(2, 2)]), new("a.txt", 3, Bill(4, 1)));

        (await lake.TextAsync(Bills)).Should().Be("4,4.00,3");
        (await lake.OutcomesAsync()).Should().Be("a.txt,1,superseded; a.txt,2,superseded; a.txt,3,loaded");
        (await lake.Bench.BooksAsync(plan, "bill")).Should().Be("4/1/0/3/0/0/0/1");
    }

    [Fact]
    public async Task FileGoesBackToWhatItWas_IsANewVersion()
    {
        await using var lake = await DropLake.OpenAsync(ByFile);
        await lake.TakeAsync("bill-1", new TestDrop("a.txt", 1, Bill(1, 2)));
        await lake.TakeAsync("bill-2", new TestDrop("a.txt", 2, Bill(2, 2)));

        await lake.TakeAsync("bill-3", new TestDrop("a.txt", 3, Bill(1, 2)));

        (await lake.TextAsync(Bills)).Should().Be("1,1.00,3");
        (await lake.TextAsync("SELECT COUNT(duplicate_of) FROM ops.drop_ledger")).Should().Be("0");
    }

    [Fact]
    public async Task LateFileOfOneDay_ReopensThatDayOnly()
    {
        await using var lake = await DropLake.OpenAsync(ByDay);
        await lake.TakeAsync("bill-1", new TestDrop("w47.txt", 10, [.. Bill(1, 1, day: 1), .. Bill(2, 1, day: 1), .. Bill(3, 1, day: 2), .. Bill(4, 1, "S2")]));

        var plan = await lake.TakeAsync("bill-2", new TestDrop("correction.txt", 11, Bill(1, 2, day: 1)));
        await lake.TakeAsync("bill-3", new TestDrop("early.txt", 9, [.. Bill(9, 1, day: 1), .. Bill(8, 1, day: 3)]));

        (await lake.TextAsync(Bills)).Should().Be("1,1.00,11; 3,3.00,10; 4,4.00,10; 8,8.00,9");
        (await lake.TextAsync(Lines)).Should().Be("1,1,11; 1,2,11; 3,1,10; 4,1,10; 8,1,9");
        (await lake.Bench.BooksAsync(plan, "bill")).Should().Be("1/0/1/0/0/0/1/1");
        (await lake.TextAsync("SELECT store, day, MAX(_version) FROM ops.floor_crt_bill GROUP BY ALL ORDER BY ALL")).Should().Be(
            "S1,11/01/2026 00:00:00,11; S1,11/02/2026 00:00:00,10; S1,11/03/2026 00:00:00,9; S2,11/01/2026 00:00:00,10");
    }

    [Fact]
    public async Task DayThatIsEmptyNow_DoesNotComeBackWithALateFile()
    {
        await using var lake = await DropLake.OpenAsync(ByDay);
        await lake.TakeAsync("bill-1", new TestDrop("b.txt", 5, Bill(1, 1)));
        await lake.TakeAsync("bill-2", new TestDrop("moved.txt", 6, [.. Bill(1, 1, day: 2), .. Bill(7, 1)]));
        await lake.TakeAsync("bill-3", new TestDrop("c.txt", 7, Bill(7, 1, day: 2)));

        await lake.TakeAsync("bill-4", new TestDrop("late.txt", 4, [.. Bill(1, 3), .. Bill(5, 1)]));

        (await lake.TextAsync(Bills)).Should().Be("7,7.00,7");
    }

    [Fact]
    public async Task DayThatOnlyAHeaderTells_IsEmpty()
    {
        await using var lake = await DropLake.OpenAsync(DropSamples.Bill(DropScope.Columns, isTold: true));
        await lake.TakeAsync("bill-1", new TestDrop("b.txt", 5, [.. Bill(1, 1), .. Bill(2, 1, day: 2), .. Bill(3, 1, "S2")]));

        var plan = await lake.TakeAsync("bill-2", new TestDrop("corrected.txt", 6) { Told = [("'S1'", "'2026-11-01'"), ("'S2'", "'2026-11-01'")] });
        await lake.TakeAsync("bill-3", new TestDrop("late.txt", 4, Bill(4, 1)));

        (await lake.TextAsync(Bills)).Should().Be("2,2.00,5");
        (await lake.TextAsync(Lines)).Should().Be("2,1,5");
        (await lake.Bench.BooksAsync(plan, "bill")).Should().Be("0/0/0/0/0/0/2/0");
        (await lake.OutcomesAsync()).Should().Be("late.txt,4,loaded; b.txt,5,loaded; corrected.txt,6,loaded");
        (await lake.TextAsync("SELECT no, line FROM ops.export_outbox_crt_line WHERE _sequence = 2 AND _op = 'D' ORDER BY ALL")).Should().Be("1,1; 3,1");
    }

    [Fact]
    public async Task LineWhoseBillIsNewer_IsSupersededInAnyOrder()
    {
        var byKey = DropSamples.Bill(DropScope.Rows);
        TestDrop orphan = new("o.txt", 1, new DropRow("line", "1, 9, 'S1', '2026-11-01', 4.00", 4));
        TestDrop bill = new("b.txt", 2, Bill(1, 1));
        foreach (var loads in (TestDrop[][])[[orphan, bill], [bill, orphan]])
        {
            await using var each = await DropLake.OpenAsync(byKey);
            await each.TakeAsync("bill-1", loads[0]);
            await each.TakeAsync("bill-2", loads[1]);
            (await each.TextAsync(Lines)).Should().Be("1,1,2");
        }

        await using var both = await DropLake.OpenAsync(byKey);
        await both.TakeAsync("bill-1", orphan, bill);
        (await both.TextAsync(Lines)).Should().Be("1,1,2");
    }

    [Fact]
    public async Task ScopeWithoutValue_IsFound()
    {
        await using var lake = await DropLake.OpenAsync(ByDay);

        var load = () => lake.TakeAsync("bill-1", new TestDrop("a.txt", 1, new DropRow("bill", "1, NULL, '2026-11-01', 1.00", 1)));

        (await load.Should().ThrowAsync<BooksDoNotBalanceException>()).Which.Found.Should().Contain("scope without value in bill");
    }

    /// <summary>A bill of so many lines, with one payment.</summary>
    internal static DropRow[] Bill(int no, int lines, string store = "S1", int day = 1)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"'{store}', '2026-11-0{day}'");
        return
        [
            new("bill", string.Create(CultureInfo.InvariantCulture, $"{no}, {place}, {no}.00"), no),
            .. Enumerable.Range(1, lines).Select(line => new DropRow("line", string.Create(CultureInfo.InvariantCulture, $"{no}, {line}, {place}, {line}.00"), line)),
            new("tender", string.Create(CultureInfo.InvariantCulture, $"{no * 10}, {no}, {place}, {no}.00"), no),
        ];
    }
}
