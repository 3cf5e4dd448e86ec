using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace RetailLake.StatesLanguage;

/// <summary>One event of an execution's history, with AWS's type and the content of its details object.</summary>
public sealed record HistoryEvent
{
    public required long Id { get; init; }

    public required long PreviousEventId { get; init; }

    public required DateTimeOffset Timestamp { get; init; }

    public required string Type { get; init; }

    public JsonObject? Details { get; init; }

    /// <summary>The field that holds the details on the wire, such as `stateEnteredEventDetails` for every `…StateEntered`.</summary>
    [JsonIgnore]
    public string? DetailsName => Details is null ? null : Type switch
    {
        _ when Type.EndsWith("StateEntered", StringComparison.Ordinal) => "stateEnteredEventDetails",
        _ when Type.EndsWith("StateExited", StringComparison.Ordinal) => "stateExitedEventDetails",
        _ => $"{char.ToLowerInvariant(Type[0])}{Type[1..]}EventDetails",
    };
}
