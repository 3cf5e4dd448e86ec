using RetailLake.Core.Drops.Pulls;

namespace RetailLake.Functions;

/// <param name="Execution">Name of the execution.</param>
/// <param name="Pass">See <see cref="PullLook"/>.</param>
/// <param name="Down">Feeds whose folders could not be read at an earlier look.</param>
/// <param name="StateMachine">ARN of the execution's state machine; its other running executions' files are left to them.</param>
public sealed record ListDropsInput(string Source, string Execution, int Pass, IReadOnlyList<string>? Down = null, string? StateMachine = null);

/// <param name="Pass">Of the next look.</param>
/// <param name="DropCount">Files to fetch.</param>
/// <param name="DropsKey">Their list, one item each.</param>
/// <param name="SettleSeconds">When another look in this execution can find more; 0: it cannot.</param>
/// <param name="Waiting">Files without proof that they are complete.</param>
/// <param name="Known">Files taken before.</param>
/// <param name="RefusedNames">Names that are never asked for.</param>
/// <param name="Down">Feeds whose folders could not be read; the last look asks for these.</param>
public sealed record ListDropsOutput(
    string Source, int Pass, int DropCount, string DropsKey, string MapPrefix, int SettleSeconds, int Waiting, int Known, int RefusedNames, IReadOnlyList<string> Down, int DownCount)
{
    /// <summary>Files that another running pull has on its list.</summary>
    public int InHand { get; init; }

    /// <summary>Files that are larger than they may be.</summary>
    public int Oversized { get; init; }

    /// <summary>Files that the time did not suffice for.</summary>
    public int Postponed { get; init; }
}

/// <param name="File">Key of what the poll noted down of the file.</param>
public sealed record FetchDropInput(string Source, string Feed, string File);

/// <param name="Done">False: time ran short, and what was fetched is kept; invoke again.</param>
/// <param name="Bytes">Of the file that are in the lake.</param>
public sealed record FetchDropOutput(string Source, string Feed, string File, bool Done, FetchOutcome Outcome, long Bytes);
