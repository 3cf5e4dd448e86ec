using RetailLake.Core.Contracts;
using RetailLake.Core.Sources;
using RetailLake.Sources.MySql;

namespace RetailLake.Tests.MySql;

public sealed class CommitSafeBoundTests
{
    private static readonly DateTimeOffset Noon = DateTimeOffset.Parse("2026-11-21T12:00:00.900Z");

    private static CursorTime Cursor(string type, string? zone = null) =>
        CursorTime.Of(new SourceColumn(new ContractColumn { Name = "at", SourceName = "at", Type = new ColumnType(ColumnKind.Timestamp, type) { Zone = zone } }, type, SourceType.Parse(type), null, null));

    private static OpenWork Work(double? statement = null, double? transaction = null, bool unknown = false) =>
        new(Noon, statement is { } s ? Noon.AddSeconds(-s) : null, transaction is { } t ? Noon.AddSeconds(-t) : null, unknown, true);

    [Theory]
    [InlineData(null, null, 5, "11:59:55", null)]
    [InlineData(2.0, null, 5, "11:59:53", "statement")]
    [InlineData(2.0, 60.0, 5, "11:58:55", "transaction")]
    [InlineData(600.0, 60.0, 5, "11:49:55", "statement")]
    [InlineData(0.1, 0.2, 5, "11:59:55", null)]
    [InlineData(null, null, 0, "11:59:59", null)]
    public void Bound_IsTheOldestOfClockStatementAndTransactionLessTheLag(double? statement, double? transaction, int lag, string expected, string? heldBy)
    {
        var window = CommitSafeBound.Decide(Work(statement, transaction), null, lag, [Cursor("timestamp")]);

        window.Hi.Should().Be(DateTimeOffset.Parse($"2026-11-21T{expected}Z"));
        window.HeldBackBy.Should().Be(heldBy);
    }

    [Fact]
    public void Bound_NeverGoesBack()
    {
        var lo = Noon.AddSeconds(-30);

        CommitSafeBound.Decide(Work(transaction: 300), lo, 5, [Cursor("timestamp")]).Should().BeEquivalentTo(new { Lo = lo, Hi = lo, HeldBackBy = "transaction" });
        CommitSafeBound.Decide(Work(), Noon.AddHours(1), 5, [Cursor("timestamp")]).Should().BeEquivalentTo(new { Hi = Noon.AddHours(1), HeldBackBy = "clock" });
        CommitSafeBound.Decide(Work(unknown: true), lo, 5, [Cursor("timestamp")]).Should().BeEquivalentTo(new { Hi = lo, HeldBackBy = "transaction" });
    }

    [Fact]
    public void DateCursor_WaitsForTheDayToEndInItsZone() =>
        CommitSafeBound.Decide(Work(), null, 5, [Cursor("timestamp"), Cursor("date", "Asia/Kolkata")]).Hi.Should().Be(DateTimeOffset.Parse("2026-11-20T18:30:00Z"));

    [Theory]
    [InlineData("2026-10-25T00:30:30Z", "2026-10-25T00:00:00Z")]
    [InlineData("2026-10-25T01:30:30Z", "2026-10-25T00:00:00Z")]
    [InlineData("2026-10-25T02:00:00Z", "2026-10-25T02:00:00Z")]
    [InlineData("2026-10-24T23:59:59.5Z", "2026-10-24T23:59:59Z")]
    public void HourThatTheWallClockShowsTwice_IsWaitedOut(string bound, string expected) =>
        Cursor("datetime", "Europe/Berlin").Floor(DateTimeOffset.Parse(bound)).Should().Be(DateTimeOffset.Parse(expected));

    [Fact]
    public void Start_IsTheEndOfTheContiguousUnionFromTheBeginning()
    {
        DateTimeOffset At(int hour) => new(2026, 1, 1, hour, 0, 0, TimeSpan.Zero);

        CommitSafeBound.Start([]).Should().BeNull();
        CommitSafeBound.Start([new(At(1), At(2))]).Should().BeNull();
        CommitSafeBound.Start([new CoveredWindow(At(2), At(3)), new(null, At(1)), new(At(1), At(2)), new(At(5), At(6))]).Should().Be(At(3));
        CommitSafeBound.Start([new CoveredWindow(null, At(4)), new(null, At(2)), new(At(1), At(3))]).Should().Be(At(4));
    }
}
