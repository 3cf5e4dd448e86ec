namespace RetailLake.StatesLanguage;

/// <summary>The error names of the Amazon States Language.</summary>
public static class ErrorNames
{
    public const string All = "States.ALL";
    public const string TaskFailed = "States.TaskFailed";
    public const string Timeout = "States.Timeout";
    public const string HeartbeatTimeout = "States.HeartbeatTimeout";
    public const string DataLimitExceeded = "States.DataLimitExceeded";
    public const string Runtime = "States.Runtime";
    public const string Permissions = "States.Permissions";
    public const string NoChoiceMatched = "States.NoChoiceMatched";
    public const string BranchFailed = "States.BranchFailed";
    public const string IntrinsicFailure = "States.IntrinsicFailure";
    public const string ParameterPathFailure = "States.ParameterPathFailure";
    public const string ResultPathMatchFailure = "States.ResultPathMatchFailure";
    public const string ExceedToleratedFailureThreshold = "States.ExceedToleratedFailureThreshold";
    public const string ItemReaderFailed = "States.ItemReaderFailed";
    public const string ResultWriterFailed = "States.ResultWriterFailed";
    public const string LambdaUnknown = "Lambda.Unknown";

    internal static readonly IReadOnlySet<string> Reserved = new HashSet<string>(StringComparer.Ordinal)
    {
        All, TaskFailed, Timeout, HeartbeatTimeout, DataLimitExceeded, Runtime, Permissions, NoChoiceMatched, BranchFailed, IntrinsicFailure,
        ParameterPathFailure, ResultPathMatchFailure, ExceedToleratedFailureThreshold, ItemReaderFailed, ResultWriterFailed,
    };
}
