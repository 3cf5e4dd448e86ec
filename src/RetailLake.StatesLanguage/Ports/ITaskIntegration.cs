using System.Text.Json.Nodes;

namespace RetailLake.StatesLanguage;

/// <summary>What runs when a Task state's resource is invoked.</summary>
public interface ITaskIntegration
{
    /// <summary>Asked at load for every Task; a resource that nobody handles is refused.</summary>
    bool Handles(string resource);

    /// <summary>Problems of a Task's Parameters, reported at load: unknown or missing fields.</summary>
    IEnumerable<string> Check(string resource, JsonObject? parameters) => [];

    /// <summary>
    /// A failure a retrier may match is a <see cref="TaskFailedException"/>; anything else thrown becomes Lambda.Unknown.
    /// When the token is cancelled the attempt has already timed out or been stopped, and its result is ignored.
    /// </summary>
    Task<JsonNode?> InvokeAsync(TaskInvocation invocation, CancellationToken cancellationToken);
}
