namespace RetailLake.StatesLanguage.Journal;

/// <summary>A line of the index: the newest one of an execution or Map Run holds.</summary>
internal sealed record IndexEntry
{
    public ExecutionSummary? Execution { get; init; }

    public MapRunSummary? MapRun { get; init; }
}

/// <summary>What a Map Run was started with: pinned, so that a redrive works on the same items.</summary>
internal sealed record MapRunPlan
{
    public required string MapRunArn { get; init; }

    public required string ExecutionArn { get; init; }

    public required string StateName { get; init; }

    public required int MaxConcurrency { get; init; }

    public long? ToleratedFailureCount { get; init; }

    public double? ToleratedFailurePercentage { get; init; }

    /// <summary>The pinned ItemProcessor the children run.</summary>
    public required string DefinitionSha256 { get; init; }

    public string ChildName(int index) => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"{index:D6}-{MapRunArn[^12..]}");

    /// <summary>…:mapRun:machine/label:uuid has the children …:execution:machine/label:name.</summary>
    public string ChildArn(int index) =>
        $"{MapRunArn[..MapRunArn.LastIndexOf(':')].Replace(":mapRun:", ":execution:", StringComparison.Ordinal)}:{ChildName(index)}";

    public bool Exceeded(int failed) =>
        failed > (ToleratedFailureCount ?? (ToleratedFailurePercentage is null ? 0 : int.MaxValue))
        || (ToleratedFailurePercentage is { } percentage && failed * 100.0 / Items.Count > percentage);

    /// <summary>The input of each child, and the item it was made from for `$$.Map.Item.Value`.</summary>
    public required IReadOnlyList<MapRunItem> Items { get; init; }
}

internal sealed record MapRunItem(string Input, string? Value);
