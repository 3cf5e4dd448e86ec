namespace RetailLake.StatesLanguage.Journal;

/// <summary>A line of the index: the newest one of an execution or Map Run holds.</summary>
internal sealed record IndexEntry
{
    public ExecutionSummary? Execution { get; init; }

    public MapRunSummary? MapRun { get; init; }

    /// <summary>ARN of an execution that is known no more, with its Map Runs and their children.</summary>
    public string? Forgotten { get; init; }
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

    public string ChildName(int index) => ChildName(MapRunArn, index);

    public string ChildArn(int index) => ChildArn(MapRunArn, index);

    /// <summary>…:mapRun:machine/label:uuid has the children …:execution:machine/label:name.</summary>
    public static string ChildArn(string mapRunArn, int index) =>
        $"{mapRunArn[..mapRunArn.LastIndexOf(':')].Replace(":mapRun:", ":execution:", StringComparison.Ordinal)}:{ChildName(mapRunArn, index)}";

    public bool Exceeded(int failed) =>
        failed > (ToleratedFailureCount ?? (ToleratedFailurePercentage is null ? 0 : int.MaxValue))
        || (ToleratedFailurePercentage is { } percentage && failed * 100.0 / Items.Count > percentage);

    private static string ChildName(string mapRunArn, int index) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{index:D6}-{mapRunArn[^12..]}");

    /// <summary>The input of each child, and the item it was made from for `$$.Map.Item.Value`.</summary>
    public required IReadOnlyList<MapRunItem> Items { get; init; }
}

internal sealed record MapRunItem(string Input, string? Value);
