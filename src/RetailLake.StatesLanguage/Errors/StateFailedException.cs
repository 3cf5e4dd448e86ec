namespace RetailLake.StatesLanguage.Errors;

/// <summary>A state, a branch or an execution ended with an error name that retriers and catchers may match.</summary>
internal sealed class StateFailedException(string error, string? cause, bool fromBranch = false)
    : Exception(cause is null ? error : $"{error}: {cause}")
{
    public string Error { get; } = error;

    public string? Cause { get; } = cause;

    /// <summary>States.BranchFailed is not an error name that is raised: it matches whatever a branch of a Parallel raised.</summary>
    public bool FromBranch { get; } = fromBranch;
}
