using System.Text.Json.Nodes;
using RetailLake.StatesLanguage.Errors;

namespace RetailLake.StatesLanguage.States;

/// <summary>The details of MapStateFailed, MapRunFailed and ParallelStateFailed.</summary>
internal static class FailureDetails
{
    public static JsonObject Of(StateFailedException failure)
    {
        var details = new JsonObject { ["error"] = failure.Error };
        if (failure.Cause is not null)
        {
            details["cause"] = failure.Cause;
        }

        return details;
    }
}
