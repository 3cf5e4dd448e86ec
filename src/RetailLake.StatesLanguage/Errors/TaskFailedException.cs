namespace RetailLake.StatesLanguage;

/// <summary>Thrown by an integration: the error name retriers and catchers see, and its cause.</summary>
public sealed class TaskFailedException(string error, string? cause) : Exception(cause is null ? error : $"{error}: {cause}")
{
    public string Error { get; } = error;

    public string? Cause { get; } = cause;
}
