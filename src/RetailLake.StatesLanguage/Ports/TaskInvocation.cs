using System.Text.Json.Nodes;

namespace RetailLake.StatesLanguage;

/// <summary>One attempt of one Task state.</summary>
public sealed record TaskInvocation
{
    public required string Resource { get; init; }

    /// <summary>The Parameters after evaluation, or the effective input of a Task without Parameters.</summary>
    public required JsonNode? Parameters { get; init; }

    public required string ExecutionArn { get; init; }

    public required string ExecutionName { get; init; }

    public required string StateMachineArn { get; init; }

    public required string StateName { get; init; }

    /// <summary>1 for the first attempt; retriers and redrives count on.</summary>
    public required int AttemptNumber { get; init; }

    public string? TaskToken { get; init; }

    public DateTimeOffset? Deadline { get; init; }
}
