using System.Text.Json;
using System.Text.Json.Nodes;

namespace RetailLake.Local.Running;

/// <summary>A failed Lambda task's cause is the function's error object as text; people want its message.</summary>
public static class ExecutionCause
{
    public static string? Text(string? cause)
    {
        if (cause is not ['{', ..])
        {
            return cause;
        }

        try
        {
            return JsonNode.Parse(cause)?["errorMessage"]?.GetValue<string>() ?? cause;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Cut at 32,768 characters it is no JSON any more.
            return cause;
        }
    }
}
