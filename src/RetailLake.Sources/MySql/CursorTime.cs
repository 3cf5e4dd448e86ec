using System.Globalization;
using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;

namespace RetailLake.Sources.MySql;

/// <summary>Window bounds between UTC and a cursor column's own clock.</summary>
/// <remarks>TIMESTAMP is compared in UTC (the session's zone); DATETIME and DATE hold a wall clock of the contract's zone.</remarks>
internal sealed class CursorTime
{
    private readonly TimeZoneInfo zone;
    private readonly bool isDate;

    private CursorTime(TimeZoneInfo zone, bool isDate) => (this.zone, this.isDate) = (zone, isDate);

    public static CursorTime Of(SourceColumn cursor) => cursor.Type.Family switch
    {
        TypeFamily.Timestamp => new(TimeZoneInfo.Utc, false),
        TypeFamily.DateTime => new(Zone(cursor.Contract), false),
        TypeFamily.Date => new(Zone(cursor.Contract), true),
        _ => throw new NotSupportedByLakeException(
            $"Found cursor column '{cursor.Contract.SourceName}' of type {cursor.TypeText}; a window needs timestamp, datetime or date.",
            "Nothing was read.",
            "Name another cursor column in the contract, or use snapshot mode."),
    };

    public TimeSpan OffsetAt(DateTimeOffset moment) => zone.GetUtcOffset(moment);

    public string Text(DateTimeOffset bound) => Local(bound).ToString(isDate ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    /// <summary>The latest bound at or before <paramref name="bound"/> that no row stamped at or after it can lie under.</summary>
    /// <remarks>
    /// NOW() is cut to the column's resolution, so the bound is too: to the second, for DATE to the day. A DATETIME of an hour that the
    /// wall clock shows twice does not say which one it means: the bound waits before that hour until both are over.
    /// </remarks>
    public DateTimeOffset Floor(DateTimeOffset bound)
    {
        var local = Local(bound);
        local = isDate ? local.Date : local.AddTicks(-(local.Ticks % TimeSpan.TicksPerSecond));
        if (!zone.IsAmbiguousTime(local))
        {
            return new(TimeZoneInfo.ConvertTimeToUtc(Valid(local), zone), TimeSpan.Zero);
        }

        while (zone.IsAmbiguousTime(local.AddMinutes(-1)))
        {
            local = local.AddMinutes(-1);
        }

        local = local.AddTicks(-(local.Ticks % TimeSpan.TicksPerMinute));
        return new(DateTime.SpecifyKind(local - zone.GetAmbiguousTimeOffsets(local).Max(), DateTimeKind.Utc));
    }

    private DateTime Local(DateTimeOffset bound) => DateTime.SpecifyKind(TimeZoneInfo.ConvertTime(bound, zone).DateTime, DateTimeKind.Unspecified);

    // Midnight itself may be skipped by a change of clocks; the moment before it is a safe bound.
    private DateTime Valid(DateTime local)
    {
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(-15);
        }

        return local;
    }

    private static TimeZoneInfo Zone(ContractColumn column)
    {
        try
        {
            return column.Type.Zone is null ? TimeZoneInfo.Utc : TimeZoneInfo.FindSystemTimeZoneById(column.Type.Zone);
        }
        catch (Exception exception) when (exception is TimeZoneNotFoundException or InvalidTimeZoneException)
        {
            throw new ContractInvalidException(
                $"Found the time zone '{column.Type.Zone}' for column '{column.SourceName}'; an IANA name such as 'Asia/Kolkata' was expected.",
                "Nothing was read.",
                "Correct the contract; on a slim system install the time zone data.");
        }
    }
}
