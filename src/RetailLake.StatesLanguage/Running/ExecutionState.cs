using RetailLake.StatesLanguage.Journal;
using RetailLake.StatesLanguage.Values;

namespace RetailLake.StatesLanguage.Running;

/// <summary>All that is known of one execution: the sum of its journal's records.</summary>
internal sealed class ExecutionState(ExecutionHeader header, string startAt)
{
    public ExecutionHeader Header { get; } = header;

    public Frame Root { get; } = new("", null, startAt, header.Input)
    {
        ItemIndex = header.ItemIndex,
        Item = header.Item is null ? null : Payload.Parse(header.Item),
    };

    public ExecutionStatus Status { get; set; } = ExecutionStatus.Running;

    public long LastEventId { get; set; }

    public DateTimeOffset? StopDate { get; set; }

    public string? Output { get; set; }

    public string? Error { get; set; }

    public string? Cause { get; set; }

    public int RedriveCount { get; set; }

    public DateTimeOffset? RedriveDate { get; set; }

    public ExecutionSummary Summary() => new()
    {
        ExecutionArn = Header.Arn,
        StateMachineArn = Header.MachineArn,
        Name = Header.Name,
        Status = Status,
        StartDate = Header.StartDate,
        StopDate = StopDate,
        MapRunArn = Header.MapRunArn,
        ItemIndex = Header.ItemIndex,
        RedriveCount = RedriveCount,
        RedriveDate = RedriveDate,
        Error = Error,
        LastEventId = LastEventId,
    };

    public Frame Find(string? path)
    {
        var frame = Root;
        foreach (var part in string.IsNullOrEmpty(path) ? [] : path.Split('/'))
        {
            frame = frame.Children[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)];
        }

        return frame;
    }
}
