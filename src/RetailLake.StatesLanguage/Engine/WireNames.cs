namespace RetailLake.StatesLanguage;

/// <summary>The API's spelling of our enums.</summary>
public static class WireNames
{
    public static string Of(ExecutionStatus status) =>
        status == ExecutionStatus.TimedOut ? "TIMED_OUT" : status.ToString().ToUpperInvariant();

    public static string Of(MapRunStatus status) => status.ToString().ToUpperInvariant();

    public static string Of(RedriveStatus status) => status switch
    {
        RedriveStatus.Redrivable => "REDRIVABLE",
        RedriveStatus.RedrivableByMapRun => "REDRIVABLE_BY_MAP_RUN",
        _ => "NOT_REDRIVABLE",
    };
}
