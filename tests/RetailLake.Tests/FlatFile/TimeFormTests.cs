using RetailLake.Core.Contracts;

namespace RetailLake.Tests.FlatFile;

public sealed class TimeFormTests
{
    [Theory]
    [InlineData("dd/MM/yyyy", "21/11/2026", "2026-11-21")]
    [InlineData("dd/MM/yyyy", "11/21/2026", null)]
    [InlineData("dd/MM/yyyy", "1/11/2026", null)]
    [InlineData("dd/MM/yyyy", "21-11-2026", null)]
    [InlineData("dd/MM/yyyy", "21/11/2026 ", null)]
    [InlineData("dd/MM/yyyy", "21/11/20261", null)]
    [InlineData("dd/MM/yyyy", "31/02/2026", null)]
    [InlineData("dd/MM/yyyy", "29/02/2024", "2024-02-29")]
    [InlineData("dd/MM/yyyy", "29/02/2026", null)]
    [InlineData("dd/MM/yyyy", "00/00/0000", "0000-00-00")]
    [InlineData("yyyyMMdd", "20261121", "2026-11-21")]
    [InlineData("yyyyMMdd", "2026112", null)]
    [InlineData("yyyyMMdd", "２０２６１１２１", null)]
    [InlineData("dd-MMM-yyyy", "21-Nov-2026", "2026-11-21")]
    [InlineData("dd-MMM-yyyy", "21-NOV-2026", "2026-11-21")]
    [InlineData("dd-MMM-yyyy", "21-Nob-2026", null)]
    [InlineData("dd-MMM-yyyy", "21-11-2026", null)]
    [InlineData("dd. 'of' MMM yyyy", "21. of nov 2026", "2026-11-21")]
    [InlineData("yyyy-MM-dd HH:mm:ss.fff", "2026-11-21 00:00:00.000", "2026-11-21")]
    [InlineData("yyyy-MM-dd HH:mm:ss.fff", "2026-11-21 00:00:00.001", null)]
    public void Dates(string pattern, string raw, string? expected) => Written(ColumnKind.Date, pattern, raw).Should().Be(expected);

    [Theory]
    [InlineData("yyyyMMddHHmmss", "20261121093005", "2026-11-21 09:30:05")]
    [InlineData("yyyyMMddHHmmss", "20261121240000", null)]
    [InlineData("yyyyMMddHHmmss", "20261121235960", null)]
    [InlineData("dd-MMM-yyyy HH:mm:ss", "01-Jan-0001 00:00:00", "0001-01-01 00:00:00")]
    [InlineData("dd/MM/yyyy HH:mm", "21/11/2026 09:30", "2026-11-21 09:30:00")]
    [InlineData("yyyy-MM-dd'T'HH:mm:ss.fffffff", "2026-11-21T09:30:00.1234560", "2026-11-21 09:30:00.123456")]
    [InlineData("yyyy-MM-dd'T'HH:mm:ss.fffffff", "2026-11-21T09:30:00.1234561", null)]
    [InlineData("yyyy-MM-ddTHH:mm:ss.f", "2026-11-21T09:30:00.5", "2026-11-21 09:30:00.500000")]
    [InlineData("yyyy-MM-ddTHH:mm:ss.FFFFFF", "2026-11-21T09:30:00", "2026-11-21 09:30:00")]
    [InlineData("yyyy-MM-ddTHH:mm:ss.FFFFFF", "2026-11-21T09:30:00.05", "2026-11-21 09:30:00.050000")]
    [InlineData("yyyy-MM-ddTHH:mm:ss.FFFFFF", "2026-11-21T09:30:00.", null)]
    [InlineData("yyyy-MM-ddTHH:mm:ss.FFF", "2026-11-21T09:30:00.1234", null)]
    [InlineData("yyyy-MM-ddTHH:mm:sszzz", "2026-11-21T02:30:00+05:30", "2026-11-20 21:00:00")]
    [InlineData("yyyy-MM-ddTHH:mm:sszzz", "2026-12-31T23:30:00-01:00", "2027-01-01 00:30:00")]
    [InlineData("yyyy-MM-ddTHH:mm:sszzz", "2026-12-31T23:30:00Z", null)]
    [InlineData("yyyy-MM-ddTHH:mm:sszzz", "2026-12-31T23:30:00+14:01", null)]
    [InlineData("yyyy-MM-ddTHH:mm:sszzz", "2026-12-31T23:30:00+05:60", null)]
    [InlineData("yyyy-MM-ddTHH:mm:sszzz", "0001-01-01T00:00:00+05:30", null)]
    [InlineData("yyyy-MM-ddTHH:mm:sszzz", "0000-00-00T00:00:00+05:30", null)]
    [InlineData("yyyy-MM-ddTHH:mm:ssZ", "2026-12-31T23:30:00Z", "2026-12-31 23:30:00")]
    [InlineData("yyyy-MM-ddTHH:mm:ssK", "2026-12-31T23:30:00Z", "2026-12-31 23:30:00")]
    [InlineData("yyyy-MM-ddTHH:mm:ssK", "2026-12-31T23:30:00+00:30", "2026-12-31 23:00:00")]
    [InlineData("yyyy-MM-ddTHH:mm:ssK", "2026-12-31T23:30:00", "2026-12-31 23:30:00")]
    [InlineData("yyyy-MM-ddTHH:mm:ssK", "2026-12-31T23:30:00+", null)]
    public void Timestamps(string pattern, string raw, string? expected) => Written(ColumnKind.Timestamp, pattern, raw).Should().Be(expected);

    [Theory]
    [InlineData("HHmmss", "093005", "09:30:05")]
    [InlineData("HH:mm", "23:59", "23:59:00")]
    [InlineData("HH:mm", "24:00", null)]
    public void Times(string pattern, string raw, string? expected) => Written(ColumnKind.Time, pattern, raw).Should().Be(expected);

    [Fact]
    public void OffsetsBecomeTheWallClockOfTheColumnsZone()
    {
        Written(ColumnKind.Timestamp, "yyyy-MM-ddTHH:mm:ssK", "2026-11-21T20:00:00Z", "Asia/Kolkata").Should().Be("2026-11-22 01:30:00");
        Written(ColumnKind.Timestamp, "yyyy-MM-ddTHH:mm:ssK", "2026-07-01T12:00:00Z", "Europe/Berlin").Should().Be("2026-07-01 14:00:00");
    }

    [Fact]
    public void AnInstantThatTheZonesClocksShowTwice_IsTakenOnlyAsTheFirst()
    {
        // At 01:00 UTC Berlin's clocks go back from 03:00 to 02:00: the parser takes 02:30 as the first one, 00:30 UTC.
        Written(ColumnKind.Timestamp, "yyyy-MM-ddTHH:mm:ssZ", "2026-10-25T00:30:00Z", "Europe/Berlin").Should().Be("2026-10-25 02:30:00");
        Written(ColumnKind.Timestamp, "yyyy-MM-ddTHH:mm:ssZ", "2026-10-25T01:30:00Z", "Europe/Berlin").Should().BeNull();
    }

    private static string? Written(ColumnKind kind, string pattern, string raw, string? zone = null) =>
        FieldFormTests.Write(kind, new() { Pattern = pattern }, raw, zone: zone) is var written && written == "!" + raw ? null : written;
}
